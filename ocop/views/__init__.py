"""Pages of the OCOP records."""
