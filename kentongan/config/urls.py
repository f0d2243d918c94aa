"""Every address. Rooms whose pages live under one prefix bring their own list."""

from kentongan.core.language import room

ROOMS = (
    *("ui", "media", "regions", "accounts", "groups", "registers", "discussions", "newsroom", "measurement"),
    *("desk", "health", "exchange", "portal"),
)
"""In the order in which their addresses are tried."""

urlpatterns = [room(f"kentongan.{name}.urls") for name in ROOMS]

handler404 = "kentongan.core.guard.not_found"
handler500 = "kentongan.core.guard.broken"
