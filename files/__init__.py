"""The door: files to types."""
