"""What a beginner is given: a whole small site (`project/`) and a story with its fields shown (`story.md`)."""
