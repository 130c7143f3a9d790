"""Meetings and directives."""
