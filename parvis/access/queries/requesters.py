"""Who asks, unsealed for the one page that shows it. Whoever calls this notes the read."""

from parvis.access.answers import Asker
from parvis.access.models import AccessRequest
from parvis.core.bilingual import Text


def requester_of(row: AccessRequest) -> Asker | None:
    """Return who asks, or None when their data was erased by its schedule."""
    requester = row.submission.requester
    return None if requester.is_erased("sealed") else Asker(**requester.read_sealed("sealed")["asker"])


def vouched_by(asker: Asker | None) -> Text:
    """Return the name of the provider that has verified who asks; empty where none has."""
    told = asker.verified_by if asker else {}
    return Text(told.get("en", ""), told.get("fr", ""))
