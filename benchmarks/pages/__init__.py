"""How long the cockpit and the lists take on the server with eight clients at once."""
