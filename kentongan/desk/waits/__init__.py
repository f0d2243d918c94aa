"""What waits for whom, as one table and one query. A line says: things of this kind wait for holders of these posts."""

from kentongan.desk.waits.asking import BY_KIND, WAITS, counted, open_in, waiting_for
from kentongan.desk.waits.wait import Wait, Waiting

__all__ = ["BY_KIND", "WAITS", "Wait", "Waiting", "counted", "open_in", "waiting_for"]
