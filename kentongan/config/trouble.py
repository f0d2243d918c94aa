"""Trouble from outside (a full disk, a taken port, a wrong setting) as a sentence instead of a stack trace."""

import contextlib
import errno
import sys
from collections.abc import Iterator
from pathlib import Path

CAUSES = {
    errno.ENOSPC: ("Ruang simpan penuh", "the disk is full"),
    errno.EDQUOT: ("Jatah ruang simpan habis", "the disk quota is used up"),
    errno.EROFS: ("Ruang simpan hanya bisa dibaca", "the disk is read-only"),
    errno.EACCES: ("Tidak ada izin menulis di sini", "no permission to write here"),
    errno.EPERM: ("Tidak ada izin untuk ini", "this is not permitted"),
    errno.ENOTDIR: ("Ini bukan folder", "this is not a folder"),
    errno.EEXIST: ("Sudah ada berkas lain dengan nama ini", "another file of this name is in the way"),
}


class Trouble(Exception):
    """What happened and what to do, in Indonesian and in English; `code` is the exit status."""

    def __init__(self, indonesian: str, english: str, *, code: int = 1) -> None:
        super().__init__(f"{indonesian}\n({english})")
        self.code = code


def from_os(error: OSError, place: Path | str | None = None) -> Trouble:
    """The sentence for an error of the operating system; `place` where the error itself names no file."""
    where = error.filename or place or ""
    indonesian, english = CAUSES.get(error.errno or 0, (f"Sistem menolak: {error.strerror}", f"{error.strerror}"))
    return Trouble(
        f"{indonesian}: {where}. Perbaiki, lalu jalankan lagi; data yang sudah tersimpan tetap utuh.",
        f"{english}: {where}. Mend it and run again; what was saved is safe.",
    )


@contextlib.contextmanager
def told() -> Iterator[None]:
    """End the program with the sentence of a Trouble (or of a refusing system) on standard error."""
    try:
        yield
    except Trouble as trouble:
        print(f"\n{trouble}", file=sys.stderr)
        sys.exit(trouble.code)
    except OSError as error:
        print(f"\n{from_os(error)}", file=sys.stderr)
        sys.exit(1)
