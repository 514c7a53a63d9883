"""Text whatever it says: slugs, names compared, orders, spellings, and characters that must not be in it."""
