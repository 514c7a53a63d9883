"""What a photograph notes of itself: where and when it was taken."""
