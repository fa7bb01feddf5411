"""The case file: who asks is kept apart from what is asked."""

from parvis.access.models.attachments import Attachment
from parvis.access.models.counts import JourneyCount, NumberSeries
from parvis.access.models.drafts import Draft
from parvis.access.models.holds import LegalHold, RequestLink
from parvis.access.models.payments import Payment
from parvis.access.models.receipts import Receipt
from parvis.access.models.requesters import Requester
from parvis.access.models.requests import AccessRequest, ClockEvent, RequestText
from parvis.access.models.sketches import TextSketch
from parvis.access.models.submissions import Submission
from parvis.access.models.usual import UsualFile

__all__ = [
    "AccessRequest",
    "Attachment",
    "ClockEvent",
    "Draft",
    "JourneyCount",
    "LegalHold",
    "NumberSeries",
    "Payment",
    "Receipt",
    "RequestLink",
    "RequestText",
    "Requester",
    "Submission",
    "TextSketch",
    "UsualFile",
]
