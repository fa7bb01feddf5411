"""An embedded database that is made for one measurement and thrown away after it."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django

from parvis.config.embedded_postgres import running


@contextmanager
def a_database(**settings: str) -> Iterator[Path]:
    """Give the home folder of an installation whose database runs and has its tables; Django is set up."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        home.chmod(0o711)  # PostgreSQL's own account passes through it
        os.environ |= {"PARVIS_HOME": folder, "DATABASE_URL": "", "PARVIS_LOG_LEVEL": "ERROR", **settings}
        os.environ["DJANGO_SETTINGS_MODULE"] = "parvis.config.settings"
        with running(home):
            from django.core.management import call_command  # noqa: PLC0415  # after the settings are set

            django.setup()
            call_command("migrate", verbosity=0)
            yield home
