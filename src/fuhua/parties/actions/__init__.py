"""The only writers of parties."""
