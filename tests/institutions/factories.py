"""Rows for tests, whole and in both languages unless a test says otherwise."""

from itertools import count
from typing import Any

from parvis.institutions.models import FormerName, Institution, Jurisdiction, Spelling

NUMBERS = count(1)


def a_jurisdiction(code: str = "ca", **given: Any) -> Jurisdiction:
    """Make the federal jurisdiction, or return it where it stands."""
    wanted = {
        "division_id": "ocd-division/country:ca",
        "kind": "federal",
        "name_en": "Government of Canada",
        "name_fr": "Gouvernement du Canada",
    } | given
    if kept := Jurisdiction.objects.filter(code=code).first():
        return kept
    row = Jurisdiction(code=code, **wanted)
    row.keep_sort_keys()
    row.save()
    return row


def a_province(**given: Any) -> Jurisdiction:
    """Make British Columbia."""
    wanted: dict[str, Any] = {
        "code": "ca-bc",
        "division_id": "ocd-division/country:ca/province:bc",
        "kind": "province",
        "name_en": "British Columbia",
        "name_fr": "Colombie-Britannique",
        "parent": a_jurisdiction(),
    }
    return a_jurisdiction(**wanted | given)


def an_institution(**given: Any) -> Institution:
    """Make a federal agency, numbered."""
    number = next(NUMBERS)
    wanted = {
        "slug": f"institution-{number}",
        "kind": "agency",
        "legal_title_en": f"Agency {number}",
        "legal_title_fr": f"Agence {number}",
    } | given
    row = Institution(jurisdiction=wanted.pop("jurisdiction", None) or a_jurisdiction(), **wanted)
    row.keep_sort_keys()
    row.save()
    return row


def a_former_name(institution: Institution, **given: Any) -> FormerName:
    """Give the institution a former name."""
    wanted = {"title_en": "Old Agency", "title_fr": "Ancienne agence"} | given
    return FormerName.objects.create(institution=institution, **wanted)


def a_spelling(institution: Institution, text: str) -> Spelling:
    """Give the institution a spelling."""
    return Spelling.objects.create(institution=institution, text=text)
