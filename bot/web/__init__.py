"""Pages over HTTP: health, the try-out."""
