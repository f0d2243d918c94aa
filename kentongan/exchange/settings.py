"""Under which terms data leaves this installation, and how much of it at once."""

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
"""Of the facts in open data and API: bawaan Kentongan. The words and photos of stories stay their group's (see /data/)."""
LICENCE_NAME = "CC BY 4.0"
PUBLIC_MOST = 10_000
"""Rows of a public list as a file: bawaan Kentongan. The whole is in the open data."""
EXPORT_DAYS = 7
"""How long a group's export is kept: bawaan Kentongan."""
STORY_DAYS = 366
"""How far back the open data of stories reaches: bawaan Kentongan."""
MOST, USUAL = 100, 50
"""Items of a page of the API, at most and when nobody says how many: bawaan Kentongan."""
