"""What repeats by the clock."""

SCHEDULE = (("17 * * * *", "media.sweep"),)
