"""Files of places and shapes, of any format, read into features that know where they are written."""
