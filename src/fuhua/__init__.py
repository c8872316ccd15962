"""Fuhua 孵化: runs an innovation-ecosystem action plan end to end."""
