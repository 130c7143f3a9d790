"""allauth's forms in Vietnamese: it ships no translation into this language."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as allauth_forms
from django import forms
from django.utils.translation import gettext_lazy as _

LABELS = {
    "login": _("Tên đăng nhập hoặc địa chỉ thư điện tử"),
    "password": _("Mật khẩu"),
    "remember": _("Giữ đăng nhập trên máy này"),
    "email": _("Địa chỉ thư điện tử"),
    "oldpassword": _("Mật khẩu hiện tại"),
    "password1": _("Mật khẩu mới"),
    "password2": _("Nhập lại mật khẩu mới"),
}


class VietnameseForm(forms.Form):
    """Labels in Vietnamese; help that only links to another page is on the page itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (Django's signature)
        super().__init__(*args, **kwargs)
        for name, label in LABELS.items():
            if name in self.fields:
                self.fields[name].label = label
        for name in ("password", "oldpassword"):
            if name in self.fields:
                self.fields[name].help_text = ""


class VietnamesePasswordForm(VietnameseForm):
    """The new password is typed twice; the sentence says so in Vietnamese."""

    def clean(self) -> dict[str, Any] | None:
        """Both texts must be the same."""
        # Not super().clean(): allauth's mixin would add the same error once more in English.
        first, second = (self.cleaned_data.get(name) for name in ("password1", "password2"))
        if first and second and first != second:
            self.add_error("password2", _("Hai lần nhập mật khẩu mới phải giống nhau."))
        return self.cleaned_data


class LoginForm(VietnameseForm, allauth_forms.LoginForm):
    """Name or address, and password."""


class ChangePasswordForm(VietnamesePasswordForm, allauth_forms.ChangePasswordForm):
    """Old and new password."""


class SetPasswordForm(VietnamesePasswordForm, allauth_forms.SetPasswordForm):
    """A first password."""


class ResetPasswordForm(VietnameseForm, allauth_forms.ResetPasswordForm):
    """Where to send the link."""


class ResetPasswordKeyForm(VietnamesePasswordForm, allauth_forms.ResetPasswordKeyForm):
    """A new password, from the link."""


class ReauthenticateForm(VietnameseForm, allauth_forms.ReauthenticateForm):
    """The password once more."""


class AddEmailForm(VietnameseForm, allauth_forms.AddEmailForm):
    """One more address."""
