"""Capital: what funds declared, received and deployed."""
