"""Commands of the desk, one module each."""
