"""Settings: base, local, production, test."""
