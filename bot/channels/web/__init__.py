"""The web as a channel: the try-out's phones."""
