"""What is learnt from past requests whenever the index has been brought up to date."""

from pathlib import Path
from typing import TYPE_CHECKING

from parvis.disclosure import queries as disclosure
from parvis.disclosure.queries import SummaryFilter
from parvis.institutions import queries as institutions
from parvis.recommend.wording import FILE_NAME, Known, learn, wording_in

if TYPE_CHECKING:
    from parvis.disclosure.models.summaries import SummaryQuerySet

FEDERAL = "ca"
GROWTH = 0.02  # share of requests more or fewer from which what was learnt is learnt anew


def known_requests() -> list[Known]:
    """Return the requests of the federal government whose institution is known, in the order of loading."""
    rows = list(
        _standing().order_by("pk").values_list("public_id", "institution_id", "summary_en", "summary_fr")
    )
    slugs = {
        number: reference.slug
        for number, reference in institutions.references({row[1] for row in rows}).items()
    }
    return [Known(str(row[0]), slugs[row[1]], (row[2], row[3])) for row in rows]


def learn_wording(folder: Path) -> None:
    """Learn whose requests read like what, and keep it with this generation of the index, if much has changed."""
    learnt, count = wording_in(folder), _standing().count()
    if count and (learnt is None or abs(count - learnt.texts) > GROWTH * learnt.texts):
        learn(known_requests()).save(folder / FILE_NAME)


def _standing() -> "SummaryQuerySet":
    return disclosure.filtered_summaries(SummaryFilter(jurisdiction=FEDERAL)).filter(
        institution_id__isnull=False
    )
