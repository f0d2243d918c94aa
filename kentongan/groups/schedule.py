"""What repeats by the clock in this room. Times are UTC: the nightly count runs at 02.10 WIB, after the newsroom's."""

SCHEDULE = (
    ("50 18 * * *", "groups.look_who_sleeps"),  # 01.50 WIB
    ("20 15,16,17 * * *", "groups.look_what_ends"),  # after midnight in each of the three zones
    ("*/5 * * * *", "groups.reckon_lapsed"),
    ("*/5 * * * *", "groups.fold_tallies"),
    ("10 19 * * *", "groups.recount_standings"),
)
