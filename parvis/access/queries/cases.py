"""Requests as the people of the institution see them: the desk, and one case."""

from dataclasses import dataclass
from datetime import date

from parvis.access import policy
from parvis.access.answers import Requested
from parvis.access.clock import reckon
from parvis.access.models import AccessRequest, Attachment, Payment, RequestText, Submission
from parvis.access.states import Purpose
from parvis.core.actor import Actor
from parvis.core.bilingual import Text
from parvis.law import Deadline


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskLine:
    """One request as a line of the desk."""

    row: AccessRequest
    institution: Text
    days_left: int | None  # to the day by statute, or by the service standard; below 0 when late

    @property
    def days_late(self) -> int:
        """How many days it is late; 0 when it is not."""
        return max(-(self.days_left or 0), 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseText:
    """One version of what is asked for. `is_erased`: its schedule erased it."""

    version: int
    written_at: object
    why: str
    requested: Requested
    is_erased: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseDetail:
    """All of a case that its institution works with. Who asks is not in it."""

    row: AccessRequest
    institution: Text
    texts: tuple[CaseText, ...]
    due: Deadline | None
    files: tuple[Attachment, ...]
    proofs: tuple[Attachment, ...]  # of identity and consent: listed, opened by the privacy desk alone
    siblings: int  # other parts of the same submission

    @property
    def text(self) -> CaseText | None:
        """The version that counts: the last."""
        return self.texts[-1] if self.texts else None


def desk(actor: Actor, today: date, *, institution_id: int | None = None) -> tuple[DeskLine, ...]:
    """Return the open requests that the actor may know of (of one institution, if named), the first due first."""
    rows = AccessRequest.objects.open().filter(policy.visible_to(actor)).select_related("institution")
    if institution_id is not None:
        rows = rows.of_institution(institution_id)
    lines = []
    for row in rows.due_first():
        due = row.statute_due or row.policy_due
        left = (due - today).days if due else None
        lines.append(DeskLine(row=row, institution=row.institution.title, days_left=left))
    return tuple(lines)


def case_of(actor: Actor, public_id: str) -> AccessRequest | None:
    """Return a request that the actor may know of as its institution does, or None."""
    rows = AccessRequest.objects.filter(policy.visible_to(actor), public_id=public_id)
    return rows.select_related("institution", "submission__requester").first()


def texts_of(row: AccessRequest) -> tuple[CaseText, ...]:
    """Return every version of what is asked for, the original first."""
    return tuple(_text(one) for one in row.texts.order_by("version"))


def _text(one: RequestText) -> CaseText:
    is_erased = one.is_erased("sealed")
    requested = Requested() if is_erased else Requested(**one.read_sealed("sealed"))
    return CaseText(
        version=one.version, written_at=one.written_at, why=one.why, requested=requested, is_erased=is_erased
    )


def clock_of(row: AccessRequest) -> Deadline | None:
    """Return the deadline of a request by replay of its events; None before its receipt, and for a copy."""
    events = [one.as_event() for one in row.clock_events.order_by("on", "pk")]
    return reckon(row.pack_id, row.place, events) if row.pack_id and events else None


def case_detail(row: AccessRequest) -> CaseDetail:
    """Return all of one case."""
    files = tuple(row.submission.attachments.order_by("pk"))
    return CaseDetail(
        row=row,
        institution=row.institution.title,
        texts=texts_of(row),
        due=clock_of(row),
        files=tuple(one for one in files if one.purpose == Purpose.SUPPORT),
        proofs=tuple(one for one in files if one.purpose != Purpose.SUPPORT),
        siblings=row.submission.parts.exclude(pk=row.pk).count(),
    )


def count_open(institution_id: int) -> int:
    """Return how many requests of an institution are open."""
    return AccessRequest.objects.open().of_institution(institution_id).count()


def payments_to_give_back(actor: Actor) -> tuple[Payment, ...]:
    """Return the payments of requests that the actor may know of, of which something still has to be given back."""
    rows = Payment.objects.to_give_back().filter(
        submission__in=Submission.objects.filter(
            parts__in=AccessRequest.objects.filter(policy.visible_to(actor))
        )
    )
    return tuple(rows.order_by("pk"))
