"""People, organisations, administrative units, scope."""
