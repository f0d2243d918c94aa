"""Sessions are rows of `accounts.Session`, so that a person can list and end them."""

from datetime import datetime
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as Rows
from django.utils import timezone


class SessionStore(Rows):
    """Django's database sessions in this project's own table, which also knows the account and the device."""

    @classmethod
    def get_model_class(cls) -> Any:
        """The table."""
        from kentongan.accounts.models import Session

        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """A row that names its account and device."""
        row: Any = super().create_model_instance(data)
        row.account_id = int(data["_auth_user_id"]) if data.get("_auth_user_id") else None
        row.device = str(data.get("device", ""))[:120]
        row.started_at = datetime.fromisoformat(data["since"]) if data.get("since") else timezone.now()
        return row
