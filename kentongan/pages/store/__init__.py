"""The page store: a public page is rendered once, kept as one compressed file, and read as a file until something public changes.

Rooms above use `changed`, `taken_down`, `changes_at` (in their actions) and `stored` (on their views). The rest is for the web server.
"""

from .addresses import file_for, is_site
from .changes import changed, changes_at, taken_down
from .disk import Page, Place, Store
from .opt_in import stored

__all__ = ["Page", "Place", "Store", "changed", "changes_at", "file_for", "is_site", "stored", "taken_down"]
