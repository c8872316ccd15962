"""What `./fuhua schemes …` does."""
