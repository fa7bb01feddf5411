"""What search finds and who suggestions name, on queries and requests whose answer is known. Run by `make bench`.

It asks the database and the index that the settings name, with the queries and the federal file of `PARVIS_DATA`. The
institutions are named by weights fitted on the other four fifths. It embeds every text of the file once, which takes
minutes; the vectors are kept.
"""

import contextlib
import os
import sys
from pathlib import Path

import django

from parvis.config.embedded_postgres import running
from parvis.config.environment import read_environment

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "parvis.config.settings")
django.setup()

from django.conf import settings  # noqa: E402  # the rooms below need Django set up

from parvis.recommend import evaluation as institutions  # noqa: E402  # the same
from parvis.recommend.reporting import institution_lines  # noqa: E402  # the same
from parvis.search import evaluation as search  # noqa: E402  # the same
from parvis.search.evaluation_report import report_lines  # noqa: E402  # the same
from parvis.search.store import current_folder  # noqa: E402  # the same

FOLDS = 5


def silently(_step: str, _done: int, _wanted: int) -> None:
    """Say nothing on the way."""


def measure(folder: Path) -> None:
    """Print both evaluations."""
    queries_file = folder / "queries.jsonl"
    print("\n".join(report_lines(search.evaluate(search.read_queries(queries_file)).as_data())))
    print()
    asked = institutions.ask(folder / "federal.csv", queries_file, silently)
    told, _weights = institutions.cross_validated(asked, FOLDS)
    print("\n".join(institution_lines(told)))


def main() -> int:
    """Print the tables, or why there are none."""
    folder = Path(os.environ.get("PARVIS_DATA") or "/nowhere") / "summaries"
    if not folder.is_dir() or not current_folder(settings.INDEX_DIRECTORY):
        print("suggestions: left out; it needs PARVIS_DATA, its summaries loaded, and `parvis index`")
        return 0
    environment = read_environment()
    with contextlib.nullcontext() if environment.database_url else running(environment.home):
        measure(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
