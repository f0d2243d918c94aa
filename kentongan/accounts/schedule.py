"""What repeats by the clock in this room."""

SCHEDULE = (("17 19 * * *", "accounts.sweep"),)  # 02.17 WIB
