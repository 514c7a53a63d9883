"""What Python programs and notebooks use, above `building` and beside `cli`; nothing inside the package imports it.

`storymap` and `storymap.layers` offer it under the names that people write.
"""
