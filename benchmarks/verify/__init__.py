"""How many facts a second an offline proof is verified at."""
