"""Titles and obligations of incubators and makerspaces."""
