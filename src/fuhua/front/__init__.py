"""Front: pages that span engines: home, search, 360° profile, cockpit."""
