"""Commands of schemes, one module each."""
