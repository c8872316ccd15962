"""How fast a rule judges a million ventures, whether it is right on every edge, and how a peer does beside it."""
