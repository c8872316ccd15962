"""Commands of matching: rank offers for needs, and say how good a ranking is."""
