"""The command line at the head of the package."""

import getpass
import os
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from kentongan.config import database
from kentongan.config.trouble import Trouble, told

from . import __doc__ as usage
from . import keys, restore, stream
from .place import Place, local, now

SETTINGS_FILE = "/etc/kentongan.env"


def the_place() -> Place:
    """Where KENTONGAN_BACKUP says. Raises Trouble."""
    named = os.environ.get("KENTONGAN_BACKUP", "").strip()
    if not named:
        raise Trouble(
            "Tempat cadangan belum ditentukan. Isi KENTONGAN_BACKUP dengan sebuah folder, paling baik di disk lain.",
            "set KENTONGAN_BACKUP to a folder, best on another disk",
            code=2,
        )
    return Place(Path(named).expanduser().resolve())


def say(sentence: str) -> None:
    """A step, for whoever watches."""
    print(f"· {sentence} …", file=sys.stderr, flush=True)


def night(place: Place) -> None:
    """The day's whole copy, and once a week the drill. For the keeper; what goes wrong is a sentence in the state."""
    os.nice(10)
    try:
        stream.whole(place, database.running_url())
        drilled = place.state().get("drill", {}).get("at", "")
        if not drilled or now() - datetime.fromisoformat(drilled) > stream.DRILL_EVERY:
            restore.drill(place, lambda _step: None, within=database.data_folder())
    except Trouble as trouble:
        place.note(base=place.state().get("base", {}) | {"trouble": str(trouble).split("\n")[0]})
        raise


def status(place: Place) -> str:
    """The state as lines of sentences."""
    state = place.state()
    rows = (
        ("Semua yang ditulis, sampai", state.get("stream", {}).get("at")),
        ("Berkas dan foto, sampai", state.get("files", {}).get("at")),
        ("Salinan utuh terakhir", state.get("base", {}).get("at")),
        ("… diperiksa", state.get("base", {}).get("verified")),
        ("Latihan pemulihan terakhir", state.get("drill", {}).get("at")),
        ("Salinan ke mesin lain", state.get("hook", {}).get("at")),
    )
    lines = [f"{label:<28}{local(datetime.fromisoformat(at)) if at else 'belum'}" for label, at in rows]
    oldest = min((base.ended for life in place.lives() for base in life.bases()), default=None)
    lines += [f"{'Bisa dipulihkan mulai':<28}{local(oldest) if oldest else 'belum'}"]
    return "\n".join([*lines, *(f"! {sentence}" for sentence in state.get("trouble", []))])


def passphrase(again: bool) -> str:
    """From the terminal without showing it, else from standard input."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    first = getpass.getpass("Frasa sandi paket kunci (passphrase): ")
    if again and getpass.getpass("Sekali lagi (again): ") != first:
        raise Trouble("Keduanya tidak sama. Ulangi.", "the two differ", code=2)
    return first


def write_keys(target: Path, settings: Path) -> None:
    """The packet of the keys as a new file."""
    packet = keys.close(database.data_folder(), settings, passphrase(again=True))
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(packet)
    print(f"Paket kunci ada di {target}. Simpan jauh dari server dan dari cadangan; frasa sandinya di tempat lain lagi.")
    if (database.data_folder() / "vault/private.key").exists():
        print("Kunci pembuka (vault/private.key) masih ada di server. Pindahkan setelah paket ini aman.")


def put_back(options: dict[str, str], source: Path) -> None:
    """Restore, and say what came back."""
    at = restore.moment_of(options["--at"]) if "--at" in options else None
    packet = keys.opened(Path(options["--keys"]).read_bytes(), passphrase(again=False)) if "--keys" in options else None
    back = restore.restore(Place(source), database.data_folder(), at=at, packet=packet, say=say)
    print(f"Pulih dalam {back.seconds:.0f} detik. (restored)")
    print(f"  Perubahan terakhir di dalamnya : {local(back.last) if back.last else 'tepat pada salinan utuh'}")
    print(f"  Baris catatan (record)         : {back.entries}")
    print(f"  Foto                           : {back.photos}, tidak ditemukan: {back.missing}")
    if packet is None:
        print(
            "  Kunci tidak disertakan: semua orang masuk lagi, petugas memasang ulang kode masuknya. Dengan --keys BERKAS kunci ikut pulih."
        )
    if back.settings:
        print(f"  Pengaturan lama                : {back.settings}; salin isinya ke {SETTINGS_FILE}, lalu hapus berkas itu")


def main(arguments: Sequence[str]) -> int:
    """Do what was asked; answers with the exit status."""
    match list(arguments):
        case ["keep"]:
            stream.keep(the_place(), database.running_url())
        case ["night"]:
            night(the_place())
        case ["base"]:
            base = stream.whole(the_place(), database.running_url())
            print(f"Salinan utuh {base.folder.name}: {base.about['bytes'] >> 20} MB, sudah diperiksa. (whole copy, verified)")
        case ["verify"]:
            for base in (base for life in the_place().lives() for base in life.bases()):
                stream.verify(base)
                print(f"{base.folder.name} utuh. (intact)")
        case ["drill"]:
            place = the_place()
            with database.used():
                back = restore.drill(place, say, within=database.data_folder())
            last = local(back.last) if back.last else "salinan utuh"
            print(f"Latihan berhasil dalam {back.seconds:.0f} detik: sampai {last}, {back.entries} baris catatan,")
            print(f"{back.photos} foto ({back.missing} hilang). (drill passed)")
        case ["begin"]:
            (database.data_folder() / "backup-place").unlink(missing_ok=True)
            print("Tempat cadangan yang baru diterima pada menit berikutnya. (accepted)")
        case ["status"]:
            print(status(the_place()))
        case ["keys", target, *rest] if len(rest) <= 1:
            write_keys(Path(target), Path(rest[0] if rest else SETTINGS_FILE))
        case ["restore", source, *rest] if len(rest) % 2 == 0 and set(rest[::2]) <= {"--at", "--keys"}:
            put_back(dict(zip(rest[::2], rest[1::2], strict=True)), Path(source).resolve())
        case _:
            print(usage, file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    with told():
        sys.exit(main(sys.argv[1:]))
