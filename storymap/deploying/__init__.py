"""Publish a built site on a branch of a git repository, from where GitHub Pages and others serve it."""
