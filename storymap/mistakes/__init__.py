"""Every mistake that can be told, by its code: why it matters and what to do, for `storymap explain` and the guide."""
