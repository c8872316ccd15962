"""Pages of parties: sign-in, my account, organisations, ties and consents."""
