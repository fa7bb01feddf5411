"""The list by subject: where to look when the words of a request do not tell who holds it."""

import functools
from dataclasses import dataclass
from pathlib import Path

import yaml

from parvis.core.bilingual import Text
from parvis.institutions import queries as institutions
from parvis.institutions.queries import InstitutionReference

FILE = Path(__file__).parent / "data" / "subjects.yaml"


@dataclass(frozen=True, slots=True)
class SubjectList:
    """A subject and the institutions that deal with it, the most asked first."""

    id: str
    title: Text
    institutions: tuple[InstitutionReference, ...]


@functools.cache
def shipped_subjects() -> tuple[tuple[str, Text, tuple[str, ...]], ...]:
    """Return identifier, title and slugs of each subject of the data file."""
    told = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return tuple(
        (one["id"], Text(one["title_en"], one["title_fr"]), tuple(one["institutions"])) for one in told
    )


def by_subject() -> tuple[SubjectList, ...]:
    """Return the subjects with those of their institutions that are known here; empty subjects are left out."""
    known = institutions.references_by_slug(slug for _, _, slugs in shipped_subjects() for slug in slugs)
    lists = (
        SubjectList(name, title, tuple(known[slug] for slug in slugs if slug in known))
        for name, title, slugs in shipped_subjects()
    )
    return tuple(one for one in lists if one.institutions)
