"""Commands of schemes."""
