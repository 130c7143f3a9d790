"""Official documents and evidence files."""
