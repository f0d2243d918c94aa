"""What repeats by the clock in this room."""

SCHEDULE = (
    ("17 19 * * *", "exchange.write_open_data"),  # 02.17 WIB
    ("*/10 * * * *", "exchange.write_first_open_data"),
    ("9 * * * *", "exchange.drop_lapsed"),
)
