"""Formats by language, for what Django itself writes and reads (FORMAT_MODULE_PATH)."""
