"""The code about itself: what no linter knows of our house."""

import ast
import importlib
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "parvis"
SOURCES = sorted(path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts)
FLOORS = [
    ["core"],
    ["law", "embedding", "redaction"],
    ["audit", "limits"],
    ["theme"],
    ["mail"],
    ["accounts"],
    ["api", "letters", "tables", "vault"],
    ["search"],
    ["institutions"],
    ["disclosure", "services"],
    ["recommend"],
    ["access"],
    ["web"],
    ["config"],
]
HEIGHT = {room: height for height, rooms in enumerate(FLOORS) for room in rooms}
LONGEST_FILE = 400
LONGEST_FUNCTION = 50
OPT_OUT = re.compile(r"# (?:noqa: [A-Z0-9]+(?:, ?[A-Z0-9]+)*|type: ignore\[[a-z, -]+\])(.*)")
NAMELESS = {"utils", "helpers", "common", "misc", "lib"}


def ratchet() -> dict[str, int]:
    """Read the exceptions that docs/ratchet.md still allows: `| path or path::function | lines | reason |`."""
    rows = re.findall(r"^\| `([^`]+)` \| (\d+) \|", (ROOT / "docs" / "ratchet.md").read_text(), re.MULTILINE)
    return {name: int(lines) for name, lines in rows}


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), str(path))


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_every_room_has_a_floor_and_a_readme_of_at_most_thirty_lines() -> None:
    rooms = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert rooms == set(HEIGHT)
    for room in rooms:
        readme = PACKAGE / room / "README.md"
        assert readme.exists(), f"{room} has no README.md"
        assert len(readme.read_text().splitlines()) <= 30, f"{room}/README.md is too long"


def test_import_contracts_hold() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603  # our own tool
    assert result.returncode == 0, result.stdout[-3000:]


def test_foreign_keys_run_downward() -> None:
    for model in apps.get_models():
        if not model.__module__.startswith("parvis."):
            continue
        here = HEIGHT[model._meta.app_label]
        for field in model._meta.get_fields():
            if isinstance(field, models.ForeignKey | models.ManyToManyField) and field.related_model:
                label = field.related_model._meta.app_label
                assert HEIGHT.get(label, 0) <= here, f"{model.__name__}.{field.name} points up to {label}"


def test_no_file_and_no_function_outgrows_its_size() -> None:
    allowed, found = ratchet(), {}
    for path in SOURCES:
        lines = len(path.read_text().splitlines())
        if lines > LONGEST_FILE:
            found[name_of(path)] = lines
        for function in functions(parsed(path)):
            length = (function.end_lineno or 0) - function.lineno + 1
            if length > LONGEST_FUNCTION:
                found[f"{name_of(path)}::{function.name}"] = length
    over = {name: lines for name, lines in found.items() if lines > allowed.get(name, 0)}
    assert not over, "split these, or argue for them in docs/ratchet.md"
    slack = {name: lines for name, lines in allowed.items() if found.get(name, 0) < lines}
    assert not slack, "docs/ratchet.md may only fall: lower or remove these"


def test_nothing_is_called_utils() -> None:
    assert not [name_of(path) for path in PACKAGE.rglob("*") if path.stem in NAMELESS]


def test_every_use_case_is_an_action() -> None:
    """Public functions of an `actions` module carry `@action`, but for those that say below why not."""
    unmarked = []
    for path in SOURCES:
        if path.stem != "actions" and path.parent.name != "actions":
            continue
        module = importlib.import_module(
            ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        )
        for function in parsed(path).body:
            if not isinstance(function, ast.FunctionDef) or function.name.startswith("_"):
                continue
            is_action = getattr(getattr(module, function.name), "is_action", False)
            if not is_action and f"{name_of(path)}::{function.name}" not in NOT_A_USE_CASE:
                unmarked.append(f"{name_of(path)}::{function.name}")
    assert not unmarked


NOT_A_USE_CASE = {
    "parvis/audit/actions.py::append_event": "runs inside another action's transaction, by design",
    "parvis/audit/actions.py::append_events": "runs inside another action's transaction, by design",
    "parvis/audit/actions.py::event_about": "makes an event, and writes nothing",
    "parvis/search/actions.py::announce_changes": "runs inside another action's transaction, by design",
    "parvis/search/actions.py::announce_all": "runs inside another action's transaction, by design",
    "parvis/search/actions.py::refresh": "builds files for minutes; each batch of vectors is its own transaction",
    "parvis/search/actions.py::kept_vectors": "each batch of vectors is its own transaction, as for refresh",
    "parvis/search/actions.py::write_vectors": "makes a file that is shipped with the source, and changes no row",
}


def test_imports_stand_at_the_head() -> None:
    """An import inside a function hides a circle; those that load something heavy on demand say so."""
    hidden = []
    for path in SOURCES:
        lines = path.read_text().splitlines()
        for function in functions(parsed(path)):
            hidden += [
                f"{name_of(path)}:{node.lineno}"
                for node in ast.walk(function)
                if isinstance(node, ast.Import | ast.ImportFrom) and "PLC0415" not in lines[node.lineno - 1]
            ]
    assert not hidden


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_views_neither_query_models_nor_look_at_roles(path: Path) -> None:
    if path.stem == "views" or path.parent.name == "views":
        text = path.read_text()
        assert ".objects" not in text
        assert "is_staff" not in text


def test_no_signals_between_rooms() -> None:
    for path in SOURCES:
        assert not re.search(r"\b(post_save|pre_save|post_delete|m2m_changed)\b", path.read_text()), name_of(
            path
        )


def test_no_opt_out_stands_without_its_reason() -> None:
    bare = [
        f"{name_of(path)}:{number}"
        for path in [
            *SOURCES,
            *sorted((ROOT / "tests").rglob("*.py")),
            *sorted((ROOT / "benchmarks").rglob("*.py")),
        ]
        for number, line in enumerate(path.read_text().splitlines(), 1)
        for mark in OPT_OUT.finditer(line)
        if not re.match(r"\s+# \S", mark.group(1))
    ]
    assert not bare


def test_no_workplace_stands_in_a_tracked_file() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S607  # git is on the path
    if listed.returncode:
        pytest.skip("not a git checkout")
    hosts = "|".join(
        ["py" + "pi[.]org", "python" + "hosted[.]org", "registry[.]np" + "mjs", "deb[.]deb" + "ian[.]org"]
    )
    paths = "|".join(f"/{folder}/" for folder in ["wo" + "rk", "ro" + "ot", "tm" + "p"])
    pattern = re.compile(f"({hosts}|(?<![\\w.]){paths})")
    found = []
    for name in listed.stdout.splitlines():
        path = ROOT / name
        if path.suffix in {".svg", ".png", ".woff2"} or not path.is_file():
            continue
        found += [f"{name}: {hit.group()}" for hit in pattern.finditer(path.read_text(errors="ignore"))]
    assert not found
