"""Each test of this room has its own PARVIS_HOME and its own place for documents."""

from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from pytest_django.fixtures import Settings

from tests.institutions.conftest import signed_in

__all__ = ["signed_in"]


@pytest.fixture(autouse=True)
def own_home(settings: Settings, tmp_path: Path) -> Path:
    """Give each test keys and files of its own."""
    settings.HOME = tmp_path / "home"
    files = tmp_path / "files"
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(files)},
        },
    }
    assert str(files) in default_storage.path("x")
    return files
