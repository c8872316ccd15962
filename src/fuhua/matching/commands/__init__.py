"""Commands of matching: what is near to what, over files."""
