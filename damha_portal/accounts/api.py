"""A token for programs that read or write in a person's name."""

from __future__ import annotations

from typing import ClassVar

from rest_framework.authtoken.views import ObtainAuthToken
from rest_framework.throttling import AnonRateThrottle

from damha_portal.core.access import Right


class SignInThrottle(AnonRateThrottle):
    """Ten attempts a minute from one address."""

    scope = "sign-in"
    rate = "10/min"


class TokenView(ObtainAuthToken):
    """POST username and password; the answer is the token for the Authorization header.

    The token carries exactly the person's own scope; administrators withdraw it in the admin.
    """

    required_right: ClassVar[Right] = Right.PUBLIC
    throttle_classes = (SignInThrottle,)
