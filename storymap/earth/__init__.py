"""Geometry that knows no names: the plane, boxes, lines, distances, shapes and views."""
