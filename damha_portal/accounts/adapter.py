"""django-allauth in this portal: accounts are given by administrators, words are Vietnamese."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class ClosedAccountAdapter(DefaultAccountAdapter):
    """No sign-up; allauth has no Vietnamese texts of its own."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("Tài khoản này đang tạm khóa. Liên hệ người quản trị."),
        "cannot_remove_primary_email": _("Không thể bỏ địa chỉ thư chính."),
        "duplicate_email": _("Địa chỉ thư này đã gắn với tài khoản."),
        "email_password_mismatch": _("Địa chỉ thư hoặc mật khẩu chưa đúng."),
        "email_taken": _("Đã có tài khoản dùng địa chỉ thư này."),
        "enter_current_password": _("Nhập mật khẩu hiện tại của bạn."),
        "incorrect_code": _("Mã chưa đúng."),
        "incorrect_password": _("Mật khẩu chưa đúng."),
        "invalid_login": _("Tên đăng nhập hoặc mật khẩu chưa đúng."),
        "invalid_password_reset": _("Liên kết đặt lại mật khẩu không còn hiệu lực."),
        "password_min_length": _("Mật khẩu cần ít nhất {0} ký tự."),
        "rate_limited": _("Bạn thử quá nhiều lần. Đợi vài phút rồi thử lại."),
        "same_as_current": _("Nhập giá trị khác với giá trị hiện tại."),
        "too_many_login_attempts": _("Đăng nhập sai quá nhiều lần. Đợi vài phút rồi thử lại."),
        "unknown_email": _("Không có tài khoản nào dùng địa chỉ thư này."),
        "unverified_primary_email": _("Địa chỉ thư chính chưa được xác nhận."),
        "username_blacklisted": _("Không dùng được tên đăng nhập này. Chọn tên khác."),
        "username_password_mismatch": _("Tên đăng nhập hoặc mật khẩu chưa đúng."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up; administrators create accounts."""
        return False

    def get_user_search_fields(self) -> list[Any]:
        """Fields of the person that allauth may search."""
        return ["username", "full_name", "email"]
