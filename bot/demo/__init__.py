"""The try-out: two phones, a clock that can be moved, and who can see what."""
