"""Files made in the background: the nightly open data, a group's whole export. Written to disk piece by piece, then given their name."""
