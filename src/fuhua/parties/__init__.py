"""Parties: people, organisations and projects, the ties between them, consent, delegation and sign-in."""
