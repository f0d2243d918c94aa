"""What repeats by the clock in this room."""

SCHEDULE = (("* * * * *", "core.return_stalled"),)
