"""The operator's handbook and the machinery agree."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

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


SCRIPTS = [ROOT / "deploy" / name for name in ("backup", "restore", "upgrade", "install", "health", "nginx", "with-settings", "common.sh")]


def test_every_script_of_the_operator_is_in_the_handbook() -> None:
    handbook = (ROOT / "docs/operator.md").read_text()
    assert [script.name for script in SCRIPTS if script.suffix != ".sh" and f"deploy/{script.name}" not in handbook] == []
    named = set(re.findall(r"deploy/([a-z-]+)(?![a-z./-])", handbook)) - {"kentongan"}
    assert named - {script.name for script in SCRIPTS} == set()


@pytest.mark.skipif(not shutil.which("shellcheck"), reason="apt install shellcheck")
def test_the_scripts_are_in_order() -> None:
    said = subprocess.run(["shellcheck", "-x", "-S", "warning", *SCRIPTS], cwd=ROOT / "deploy", capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stdout


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")
def test_the_service_may_do_little(tmp_path: Path) -> None:
    unit = tmp_path / "kentongan.service"
    text = (ROOT / "deploy/kentongan.service").read_text()
    unit.write_text(text.replace("/srv/kentongan/.venv/bin/python", "/bin/true").replace("RequiresMountsFor=/srv/kentongan/var\n", ""))
    verified = subprocess.run(["systemd-analyze", "verify", "--man=no", unit], capture_output=True, text=True, check=False)
    assert "kentongan.service" not in verified.stderr, verified.stderr
    judged = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--threshold=25", unit], capture_output=True, text=True, check=False
    )
    assert judged.returncode == 0, judged.stdout[-400:]
