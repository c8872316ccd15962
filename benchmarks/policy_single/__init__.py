"""How long one verdict and one nearest way take, rule by rule."""
