"""How much a file may ask of us: this project's own figures."""

from typing import Final

FILE_BYTES: Final = 20_000_000
MEMORY_BYTES: Final = 300_000_000
CPU_SECONDS: Final = 30
WALL_SECONDS: Final = 60
"""Twice the seconds of the processor: a busy server is not the file's fault."""
ANSWER_BYTES: Final = 24_000_000
"""What the reading process may hand back."""

MOST_ROWS: Final = 20_000
MOST_COLUMNS: Final = 100
MOST_LETTERS: Final = 2_000
MOST_SHEETS: Final = 50

UNPACKED_BYTES: Final = 600_000_000
"""All parts of a zip together. A sheet with a million formatted empty rows unpacks to about 60 MB a column, and is read as it flows."""
PARTS: Final = 2_000
RATIO: Final = 200
"""How much larger a part may be than its packed form. Sheets of nothing but formatted cells pack to a twelfth."""
WORDS: Final = 30_000_000
"""Letters of all distinct texts of a workbook together: they are kept while its sheets are read."""
