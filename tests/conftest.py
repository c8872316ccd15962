"""The fixtures every test shares."""
