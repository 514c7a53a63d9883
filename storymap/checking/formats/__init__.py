"""Problems in the formats that other programs read: each a module with one function from `Findings` to text."""
