"""What repeats by the clock in this room. Times are UTC: the nightly comparison runs at 02.10 WIB."""

SCHEDULE = (("10 19 * * *", "search.repair"),)
