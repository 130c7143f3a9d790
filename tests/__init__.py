"""The suite mirrors the code."""
