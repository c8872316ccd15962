"""Pages that span engines: home, cockpit, indicators, facts, search."""
