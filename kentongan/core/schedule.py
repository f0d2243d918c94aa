"""What repeats by the clock in this room."""

SCHEDULE = (
    ("* * * * *", "core.return_stalled"),
    ("41 19 * * *", "core.sweep_receipts"),  # 02.41 WIB
)
