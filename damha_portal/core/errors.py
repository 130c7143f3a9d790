"""The error that people read."""

from collections.abc import Mapping


class DomainError(Exception):
    """A rule of the field was broken; the message tells the official what to do.

    `fields` maps form field names to their own sentence, where one field is to blame.
    Views turn it into a form error (422), the API into a problem document (422).
    """

    def __init__(self, message: str, *, fields: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.fields = dict(fields or {})


class PermissionRefusedError(DomainError):
    """The row is known to the person, the right is missing; the message names the right (403)."""
