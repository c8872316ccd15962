"""The only writers of capital."""
