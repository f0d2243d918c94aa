"""What repeats by the clock in this room. Times are UTC: the nightly count runs at 01.20 WIB."""

SCHEDULE = (
    ("* * * * *", "newsroom.publish_due"),
    ("* * * * *", "newsroom.expire_materials"),
    ("20 18 * * *", "newsroom.recount"),
    ("30 17 * * *", "newsroom.forget_due"),  # 00.30 WIB
    ("10 17 * * *", "newsroom.scan"),  # 00.10 WIB
    ("*/10 * * * *", "newsroom.scan_unpublished"),
    ("40 18 * * *", "newsroom.count_feedback"),
)
