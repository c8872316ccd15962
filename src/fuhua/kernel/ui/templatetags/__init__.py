"""Template tags and filters; a template loads them all with ``{% load ui %}``."""
