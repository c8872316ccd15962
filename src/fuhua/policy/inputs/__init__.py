"""What rules ask about, one file per family; a name means one thing in every rule, so it is filled in once."""
