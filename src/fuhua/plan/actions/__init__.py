"""The only writers of plan."""
