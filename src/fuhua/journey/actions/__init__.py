"""The only writers of journeys."""
