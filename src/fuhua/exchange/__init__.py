"""Exchange: professional platforms and their metered use."""
