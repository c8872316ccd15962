"""All needs with all offers on one machine and on a cluster."""
