"""Where reading meets geography: a StorySource becomes a Story."""
