"""Management commands of the progress application."""
