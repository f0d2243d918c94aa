"""Photos and everything else kept as files, copied to the backup once each.

Names are made of random keys and a file never changes its content under its name, so a folder that was not touched since the last
look is not read again. What is removed at the source is kept for a while under `removed/`, for a restore to the day before.
"""

import os
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from .place import moment, now, stamp

OUTSIDE = frozenset({"pg", "pages", "static", "secret-key", "backup-place", "restored"})
"""At the top of the data folder: the database goes its own way, pages and static files are made anew, keys are kept apart."""
SECRETS = frozenset({Path("vault/private.key")})
SETTLED = 120.0
"""Seconds after which a file is taken to be wholly written."""


def outside(path: Path) -> bool:
    """Whether this path, below the data folder, is left out."""
    top = path.parts[0]
    return top in OUTSIDE or path in SECRETS or top.startswith((".", "pg-", "before-", "restore-")) or path.name.endswith((".part", "~"))


class Mirror:
    """Keeps `copy`/files like `source`. Remembers between looks which folders were quiet."""

    def __init__(self, source: Path, copy: Path) -> None:
        self.source, self.copy = source, copy
        self._quiet: dict[Path, int] = {}
        self._compared: set[Path] = set()
        self._fresh: set[Path] = set()

    def look(self) -> tuple[int, int]:
        """Copy what is new, put aside what is gone. Returns how many of each. Raises OSError (a full disk)."""
        aside = self.copy / "removed" / stamp(now())
        new = gone = 0
        unsure, self._fresh = self._fresh, set()
        for folder, names in self._folders():
            found, had = set(names), self._had(folder)
            for name in sorted(found):
                known = name in had and folder in self._compared and folder.parts[:1] == ("media",) and folder / name not in unsure
                if not known and self._copied(folder / name, aside):
                    self._fresh.add(folder / name)  # it may have been half written: look again next time
                    new += 1
            self._compared.add(folder)
            for name in had - found:
                _move(self.copy / "files" / folder / name, aside / folder / name)
                gone += 1
        return new, gone

    def _folders(self) -> Iterator[tuple[Path, list[str]]]:
        """Folders that changed since the last look, with the names of their files; then folders that are gone, with none."""
        seen: dict[Path, int] = {}
        for place, below, names in os.walk(self.source):
            folder = Path(place).relative_to(self.source)
            below[:] = [name for name in below if not outside(folder / name)]
            changed = Path(place).stat().st_mtime_ns
            settled = changed < (now().timestamp() - SETTLED) * 1e9
            seen[folder] = changed if settled else 0
            if self._quiet.get(folder) != changed:
                yield folder, [name for name in names if not outside(folder / name)]
        for folder in self._kept_folders() - seen.keys():
            yield folder, []
        self._quiet = seen

    def _kept_folders(self) -> set[Path]:
        top = self.copy / "files"
        return {Path(place).relative_to(top) for place, _below, _names in os.walk(top)} if top.exists() else set()

    def _had(self, folder: Path) -> set[str]:
        try:
            return {entry.name for entry in os.scandir(self.copy / "files" / folder) if entry.is_file(follow_symlinks=False)}
        except FileNotFoundError:
            return set()

    def _copied(self, path: Path, aside: Path) -> bool:
        """Copy one file where the copy is missing or differs in size or time; what stood there is put aside."""
        source, copy = self.source / path, self.copy / "files" / path
        try:
            if not source.is_file() or source.is_symlink():
                return False
            about = source.stat()
            if copy.exists():
                if (copy.stat().st_size, copy.stat().st_mtime_ns) == (about.st_size, about.st_mtime_ns):
                    return False
                _move(copy, aside / path)
            copy.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            draft = copy.with_name(f".{copy.name}.part")
            shutil.copy2(source, draft)
            draft.replace(copy)
        except FileNotFoundError:  # taken away while we looked: the next look sees it gone
            return False
        return True


def put_back(copy: Path, target: Path, at: datetime | None) -> int:
    """Copy the files into `target` as they were at `at` (None: last). Returns how many."""
    count = 0
    later = [folder for folder in sorted((copy / "removed").glob("[0-9]*"), reverse=True) if at and moment(folder.name) > at]
    for tree in (copy / "files", *later):  # the earliest removal after `at` wins
        for place, _below, names in os.walk(tree):
            folder = Path(place).relative_to(tree)
            for name in names:
                (target / folder).mkdir(parents=True, exist_ok=True)
                shutil.copy2(Path(place) / name, target / folder / name)
                count += 1
    _modes(target)
    return count


def _modes(target: Path) -> None:
    """Photos that are not public are for us alone; a copy brings its folders' modes along only where it made them."""
    for name, mode in (("incoming", 0o700), ("private", 0o700), ("public", 0o755)):
        if (folder := target / "media" / name).is_dir():
            folder.chmod(mode)


def _move(source: Path, target: Path) -> None:
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    source.replace(target)
