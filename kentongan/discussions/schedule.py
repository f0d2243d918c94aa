"""What repeats by the clock."""

SCHEDULE = (("23 2 * * *", "discussions.recount"),)
