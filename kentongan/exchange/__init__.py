"""What others take away: the register as a sheet, a group's whole export, open data, the read API. Reads everything, owns nothing."""
