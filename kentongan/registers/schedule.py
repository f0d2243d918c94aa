"""What repeats by the clock in this room."""

SCHEDULE = (("20 19 * * *", "registers.forget"),)  # 02.20 WIB
