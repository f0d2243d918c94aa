"""What repeats by the clock in this room."""

SCHEDULE = (("50 18 * * *", "groups.look_who_sleeps"),)  # 01.50 WIB
