"""Growth titles and the ladder of SMEs."""
