"""The ground of a map at street level: the author's own street data → features → what pages draw."""
