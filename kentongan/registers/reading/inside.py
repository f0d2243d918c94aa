"""What runs in the reading process: limits first, then the file on standard input, then JSON on standard output. Standard library only.

Nothing here may import Django or anything that is not in Python itself: so the process starts in 40 ms.
"""

import json
import resource
import sys
from datetime import date
from typing import IO, Any

from kentongan.registers.reading.findings import Findings, Refused
from kentongan.registers.reading.limits import ANSWER_BYTES, CPU_SECONDS, MEMORY_BYTES


def main() -> None:
    """Read standard input under limits and say what is in it."""
    _limit()
    try:
        answer = json.dumps(_read(sys.stdin.buffer), default=_told)
    except Refused as no:
        answer = json.dumps({"refused": no.reason, "about": no.about})
    except MemoryError:
        answer = json.dumps({"refused": "large"})
    if len(answer) > ANSWER_BYTES:
        answer = json.dumps({"refused": "large"})
    sys.stdout.write(answer)
    sys.stdout.flush()


def _limit() -> None:
    """Memory, seconds of the processor, no files written, no other processes, no core left behind."""
    limits = (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, ANSWER_BYTES + 1),
        (resource.RLIMIT_NOFILE, 16),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_CORE, 0),
    )
    for kind, most in limits:
        resource.setrlimit(kind, (most, most))


def _read(file: IO[bytes]) -> dict[str, Any]:
    """The book as JSON-able values. Raises Refused."""
    from kentongan.registers.reading import kinds, opendocument, plain, workbook

    findings = Findings()
    kind = kinds.of(file)
    reader = {"workbook": workbook.read, "opendocument": opendocument.read, "plain": plain.read}[kind]
    reader(file, findings)
    return {"sheets": findings.sheets, "notes": findings.notes}


def _told(value: Any) -> Any:
    if isinstance(value, date):
        return {"date": value.isoformat()}
    raise TypeError(type(value))
