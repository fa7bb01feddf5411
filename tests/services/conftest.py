"""Where the tests of this room write their reports, and browsers of people who are signed in."""

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from tests.institutions.conftest import signed_in

__all__ = ["own_home", "signed_in"]


@pytest.fixture(autouse=True)
def own_home(settings: Settings, tmp_path: Path) -> Path:
    """Give each test its own PARVIS_HOME."""
    settings.HOME = tmp_path / "home"
    return tmp_path / "home"
