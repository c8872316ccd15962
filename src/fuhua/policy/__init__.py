"""Pure: dated, cited rules that judge a profile, say what is missing and find the nearest way to yes."""
