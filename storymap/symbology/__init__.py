"""How data becomes colours, sizes and words of a key."""
