"""Who asks, unsealed for the one page that shows it. Whoever calls this notes the read."""

from parvis.access.answers import Asker
from parvis.access.models import AccessRequest


def requester_of(row: AccessRequest) -> Asker | None:
    """Return who asks, or None when their data was erased by its schedule."""
    requester = row.submission.requester
    return None if requester.is_erased("sealed") else Asker(**requester.read_sealed("sealed")["asker"])
