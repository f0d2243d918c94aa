"""What repeats by the clock in this room. Times are UTC: the nightly count runs at 02.10 WIB, after the newsroom's."""

SCHEDULE = (
    ("50 18 * * *", "groups.look_who_sleeps"),  # 01.50 WIB
    ("*/5 * * * *", "groups.reckon_lapsed"),
    ("*/5 * * * *", "groups.fold_tallies"),
    ("10 19 * * *", "groups.recount_standings"),
)
