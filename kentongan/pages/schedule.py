"""What repeats by the clock in this room."""

SCHEDULE = (
    ("*/10 * * * *", "pages.forget_changes"),
    ("* * * * *", "pages.moments_passed"),
)
