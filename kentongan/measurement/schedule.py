"""What repeats by the clock in this room. Times are UTC: 03.30 WIB, after the nightly recount of the groups."""

SCHEDULE = (("30 20 * * *", "measurement.take_snapshots"),)
