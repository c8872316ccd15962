"""Expertise: how near a person's published work is to a text, from words alone and what the texts themselves teach of them."""
