"""Commands of matching: rank offers for needs, say how good a ranking is, and how near people's works are to papers."""
