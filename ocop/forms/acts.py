"""What is asked when a participation moves on, a star is revoked, a code ends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from damha_portal.core.formfields import CleanCharField, DayFirstDateField
from ocop.transitions import Transition


class AdvanceForm(forms.Form):
    """The next step, the day it happened, and why where it is sent back."""

    to_state = forms.ChoiceField(
        label=_("Bước tiếp theo"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Chọn bước tiếp theo."),
            "invalid_choice": _(
                "Bước này không còn chọn được vì lượt tham gia đã ở bước khác. "
                "Hãy xem bước hiện tại rồi chọn lại."
            ),
        },
    )
    happened_on = DayFirstDateField(label=_("Ngày"))
    reason = CleanCharField(
        label=_("Lý do, ghi chú"),
        required=False,
        multiline=True,
        max_length=1000,
        help_text=_("Bắt buộc khi trả lại, yêu cầu bổ sung hoặc không công nhận."),
    )

    def __init__(self, *args: Any, moves: Sequence[Transition], **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        field: Any = self.fields["to_state"]
        field.choices = [(move.to_state.value, move.button) for move in moves]
        self.fields["reason"].widget.attrs["rows"] = 3


class RevokeForm(forms.Form):
    """The decision that takes a star away."""

    revoked_on = DayFirstDateField(
        label=_("Thu hồi từ ngày"), help_text=_("Từ ngày này hạng sao không còn được tính.")
    )
    revocation_ref = CleanCharField(label=_("Quyết định thu hồi"), max_length=120)
    reason = CleanCharField(label=_("Lý do thu hồi"), multiline=True, max_length=1000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (Django's signature)
        super().__init__(*args, **kwargs)
        self.fields["reason"].widget.attrs["rows"] = 3


class TerminateForm(forms.Form):
    """The day from which a code no longer counts."""

    terminated_on = DayFirstDateField(label=_("Chấm dứt từ ngày"))
    reason = CleanCharField(label=_("Lý do"), multiline=True, max_length=1000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (Django's signature)
        super().__init__(*args, **kwargs)
        self.fields["reason"].widget.attrs["rows"] = 3
