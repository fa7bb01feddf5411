"""How the suite is shared between workers."""

from pathlib import Path

from tests.sharing import GROUPS, scope_of

ROOT = Path(__file__).resolve().parents[2]


def test_what_is_dear_is_started_by_one_worker_and_a_file_stays_together() -> None:
    assert scope_of("tests/browser/test_reading.py::test_one[en-home]") == "pages"
    assert scope_of("tests/browser/test_asking.py::test_one[en]") == "browser"
    assert scope_of("tests/config/test_kills.py::test_one") == "installation"
    assert scope_of("tests/config/test_logs.py::test_one[@x]") == "tests/config/test_logs.py"


def test_every_file_that_asks_for_the_installation_is_of_its_group() -> None:
    asking = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "tests").glob("*/test_*.py")
        if "installation: Installation" in path.read_text(encoding="utf-8") and path != Path(__file__)
    }
    assert asking == set(GROUPS["installation"])


def test_every_group_has_its_files() -> None:
    for begins in GROUPS.values():
        assert all((ROOT / path).exists() for path in begins)
