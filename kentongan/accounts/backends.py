"""Sign-in by phone number in any spelling, or by user name."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest


class PhoneOrName(BaseBackend):
    """Django's question: whose credential is this?"""

    def authenticate(self, request: HttpRequest | None, credential: str = "", passphrase: str = "", **kwargs: Any) -> Any:  # type: ignore[override]
        """The account, or None; takes as long for an unknown credential as for a wrong passphrase."""
        from kentongan.accounts.models import Account

        account = Account.objects.by_credential(credential)
        if account is None:
            Account().set_password(passphrase)
            return None
        return account if account.check_password(passphrase) and account.is_active else None

    def get_user(self, user_id: int) -> Any:
        """The account of a session."""
        from kentongan.accounts.models import Account

        return Account.objects.active(user_id)
