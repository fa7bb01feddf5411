"""What mail servers and Notify services say afterwards of a message: parsed, and nothing of it kept."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.message import EmailMessage, Message

from parvis.mail.states import MailFault

MESSAGE_ID = re.compile(r"^Message-ID:\s*<([0-9a-z]{16})@[^>]+>", re.IGNORECASE | re.MULTILINE)
GONE_FOR_GOOD = re.compile(
    r"^5\.1\.|^5\.2\.1"
)  # RFC 3463: an address that is wrong, or a mailbox that is closed


@dataclass(frozen=True, slots=True)
class Report:
    """One message that came back: known by our identifier, else by its address."""

    public_id: str
    address: str
    fault: MailFault

    def __repr__(self) -> str:
        return "Report(…)"  # it holds an address


def bounces_in(message: EmailMessage) -> Iterator[Report]:
    """Yield the failures that a delivery report tells (RFC 3464); nothing for any other mail, or for a mere delay."""
    if message.get_content_type() != "multipart/report":
        return
    public_id = _public_id(message)
    for part in message.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        for block in part.get_payload():
            if isinstance(block, Message) and str(block.get("Action", "")).strip().lower() == "failed":
                yield Report(public_id, _address(block), _fault(str(block.get("Status", "")).strip()))


def _public_id(message: EmailMessage) -> str:
    """Return our identifier from the headers of the message that came back, which the report carries."""
    for part in message.walk():
        kind = part.get_content_type()
        if kind == "text/rfc822-headers":
            text = (part.get_payload(decode=True) or b"").decode("utf-8", "replace")  # type: ignore[union-attr]  # decoded: bytes
        elif kind == "message/rfc822" and isinstance(inner := part.get_payload(0), Message):
            text = f"Message-ID: {inner.get('Message-ID', '')}"
        else:
            continue
        if found := MESSAGE_ID.search(text):
            return found[1].lower()
    return ""


def _address(block: Message) -> str:
    said = str(block.get("Original-Recipient") or block.get("Final-Recipient") or "")
    return said.partition(";")[2].strip().strip("<>")


def _fault(status: str) -> MailFault:
    return MailFault.NO_SUCH_ADDRESS if GONE_FOR_GOOD.match(status) else MailFault.NOT_DELIVERED


NOTIFY_FAULTS: Mapping[str, MailFault] = {
    "permanent-failure": MailFault.NO_SUCH_ADDRESS,
    "temporary-failure": MailFault.NOT_DELIVERED,  # final too: the service tried for three days
    "technical-failure": MailFault.NOT_DELIVERED,
}


def notify_bounce(receipt: Mapping[str, object]) -> Report | None:
    """Return the failure that a delivery receipt of GC Notify or GOV.UK Notify tells, or nothing."""
    fault = NOTIFY_FAULTS.get(str(receipt.get("status")))
    reference = receipt.get("reference")
    return Report(reference, "", fault) if fault and isinstance(reference, str) and reference else None
