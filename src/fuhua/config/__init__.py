"""Settings, URLs, servers and the command door: the only place that knows everything."""
