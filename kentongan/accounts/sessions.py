"""Sessions are rows of `accounts.Session`, so that a person can list and end them."""

from datetime import datetime
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as Rows
from django.utils import timezone

from kentongan.accounts.credentials import kept_key


class SessionStore(Rows):
    """Django's database sessions in this project's own table, which also knows the account and the device.

    The browser holds the key, the table only `credentials.kept_key` of it. `row`, once read, brings the account and its person along.
    """

    row: Any = None

    @classmethod
    def get_model_class(cls) -> Any:
        """The table."""
        from kentongan.accounts.models import Session

        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """A row that names its account and device."""
        row: Any = super().create_model_instance(data)
        row.session_key = kept_key(row.session_key)
        row.account_id = int(data["_auth_user_id"]) if data.get("_auth_user_id") else None
        row.device = str(data.get("device", ""))[:120]
        row.started_at = datetime.fromisoformat(data["since"]) if data.get("since") else timezone.now()
        return row

    def exists(self, session_key: str) -> bool:
        """Whether a session has this key."""
        return super().exists(kept_key(session_key))

    def delete(self, session_key: str | None = None) -> None:
        """End the session with this key; without one, this session."""
        if key := session_key or self.session_key:
            super().delete(kept_key(key))

    def _get_session_from_db(self) -> Any:
        kept = kept_key(self.session_key) if self.session_key else ""
        rows: Any = self.get_model_class().objects.select_related("account__person")
        self.row = row = rows.filter(session_key=kept, expire_date__gt=timezone.now()).first()
        if row is None:
            self._session_key = None
        return row
