"""Commands of exchange, one module each."""
