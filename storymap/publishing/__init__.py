"""The whole site as a value, and writing it."""
