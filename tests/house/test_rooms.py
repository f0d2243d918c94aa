"""The promises of the house, read from the code itself."""

import ast
import re
from pathlib import Path

import pytest

from kentongan.core import jobs

ROOT = Path(__file__).resolve().parent.parent.parent / "kentongan"
ACTIONS = [path for path in sorted([*ROOT.glob("*/actions.py"), *ROOT.glob("*/actions/*.py")]) if path.parent.name != "core"]
VIEWS = sorted([*ROOT.glob("*/views.py"), *ROOT.glob("*/views/*.py")])
TEMPLATES = sorted(ROOT.glob("*/templates/**/*.html"))
PYTHON = [path for path in sorted(ROOT.glob("**/*.py")) if "migrations" not in path.parts and "tests" not in path.parts]
ORM_WRITES = {"save", "create", "update", "delete", "bulk_create", "get_or_create", "update_or_create", "bulk_update"}


def functions(path: Path) -> list[ast.FunctionDef]:
    return [node for node in ast.parse(path.read_text()).body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]


def calls(function: ast.AST) -> set[str]:
    found = (node.func for node in ast.walk(function) if isinstance(node, ast.Call))
    return {name.id if isinstance(name, ast.Name) else name.attr for name in found if isinstance(name, (ast.Name, ast.Attribute))}


def plain_calls(function: ast.AST) -> set[str]:
    return {node.func.id for node in ast.walk(function) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}


def _called_from(path: Path) -> str:
    return "/".join(path.relative_to(ROOT).with_suffix("").parts)


def _inner_halves(path: Path) -> set[str]:
    """What verbs of one room share: private functions of the file, and all of `actions/inner.py`."""
    inner = path.parent / "inner.py"
    shared = functions(inner) if path.parent.name == "actions" and inner.exists() else []
    private = [node for node in ast.parse(path.read_text()).body if isinstance(node, ast.FunctionDef) and node.name.startswith("_")]
    return {node.name for node in (*shared, *private) if calls(node) & {"act", "act_all"}}


@pytest.mark.parametrize("path", [path for path in ACTIONS if path.name != "inner.py"], ids=_called_from)
def test_every_public_function_of_an_actions_module_uses_the_one_door(path: Path) -> None:
    doors = {"act", "act_all", *_inner_halves(path)}
    assert [function.name for function in functions(path) if not calls(function) & doors] == []


@pytest.mark.parametrize("path", ACTIONS, ids=_called_from)
def test_actions_never_call_actions(path: Path) -> None:
    room = path.parent.glob("*.py") if path.parent.name == "actions" else [path]
    verbs = {function.name for file in room if file.name != "inner.py" for function in functions(file)}
    assert {function.name: plain_calls(function) & verbs for function in functions(path) if plain_calls(function) & verbs} == {}


@pytest.mark.parametrize("path", VIEWS, ids=lambda path: path.parent.name)
def test_views_write_nothing_and_stay_short(path: Path) -> None:
    for function in functions(path):
        assert not calls(function) & ORM_WRITES, f"{path.parent.name}.{function.name} writes"
        steps = sum(isinstance(node, ast.stmt) for node in ast.walk(function)) - 1 - bool(ast.get_docstring(function))
        assert steps <= 15, f"{path.parent.name}.{function.name} takes {steps} steps"  # statements: a formatter may spread one over lines


def test_state_is_set_by_the_door_only() -> None:
    by_itself = {"core", "media", "regions", "demo"}  # a photo and a setting retire by themselves; the demo tells what was
    rest = [path for path in PYTHON if path.relative_to(ROOT).parts[0] not in by_itself]
    assert [path for path in rest if re.search(r"\.state = ", path.read_text())] == []


def test_every_enqueued_name_is_a_job() -> None:
    jobs.discover()
    named = {name for path in PYTHON for name in re.findall(r'enqueue\(\s*"([\w.]+)"', path.read_text())}
    assert named <= set(jobs.registered())


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_hold_no_style_no_script_and_no_address(path: Path) -> None:
    text = path.read_text()
    assert not re.search(
        r"\sstyle=|<style|\son(click|load|error|submit|change|input|focus|blur|(key|mouse|touch|pointer)\w+)=|javascript:", text
    )
    assert not re.search(r"<script(?![^>]*application/ld\+json)(?![^>]*src=)", text)


def test_no_room_is_called_after_nothing_in_particular() -> None:
    vague = {"utils", "helpers", "managers", "services", "selectors", "common", "signals"}
    assert [path for path in PYTHON if path.stem in vague] == []


def test_nothing_committed_names_a_machine_or_a_download() -> None:
    text = "".join(path.read_text() for path in [*PYTHON, ROOT.parent / "pyproject.toml", *ROOT.parent.glob("requirements/*")])
    assert not re.search(r"/work/|/home/\w|/root/|files\.pythonhosted|registry\.npmjs", text)
