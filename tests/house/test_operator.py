"""The operator's handbook and the machinery agree."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
READ = re.compile(r"""environ(?:\.get\(|\[|\.setdefault\()\s*["']((?:KENTONGAN_\w+)|PORT|DATABASE_URL)["']""")


def test_every_setting_is_in_the_operators_handbook_and_no_other() -> None:
    sources = [*ROOT.glob("kentongan/**/*.py"), ROOT / "manage.py"]
    read = {name for source in sources if "tests" not in source.parts for name in READ.findall(source.read_text())}
    table = set(re.findall(r"^\| `([A-Z0-9_]+)` \|", (ROOT / "docs/operator.md").read_text(), re.MULTILINE))
    assert read - table == set(), "read but not documented"
    assert table - read == {"PYTHON3"}, "documented but not read"


def test_make_has_seven_commands_and_no_more() -> None:
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert targets == ["help", "setup", "run", "test", "check", "fix", "seed", "bench"]
