"""What the page of a case shows besides the request itself: versions, links, holds, and what happened."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import Q

from parvis.access import policy
from parvis.access.changes import Run, changes
from parvis.access.events import AccessEvent
from parvis.access.models import AccessRequest, LegalHold, RequestLink
from parvis.access.queries.cases import CaseText
from parvis.access.states import Relation
from parvis.accounts.queries import person_name
from parvis.audit.queries import TrailLine, trail_of
from parvis.core.actor import Actor, ActorKind
from parvis.core.bilingual import Text
from parvis.law import Kind
from parvis.law.wording import KINDS

BY_REQUESTER = frozenset({AccessEvent.FILED, AccessEvent.WITHDRAWN})
BY_STAFF = frozenset(
    {
        *(AccessEvent.FEE_CAME, AccessEvent.HOLD_PLACED, AccessEvent.HOLD_LIFTED, AccessEvent.LINKED),
        *(AccessEvent.UNLINKED, AccessEvent.MOVED),
    }
)
TOLD = (*BY_REQUESTER, *BY_STAFF, AccessEvent.RECEIVED, AccessEvent.LAPSED, AccessEvent.CLARIFIED)
"""The events of the trail of which a case tells. Who asks is named by none of them."""
REQUESTER = Text("The requester", "Le demandeur")
SITE = Text("This site by itself", "Ce site, de lui-même")
NOBODY = Text()


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A version of the text with what it changed; no runs for the first, and where nothing of the text changed."""

    text: CaseText
    runs: tuple[Run, ...]
    counts: bool  # the newest of several


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedRequest:
    """A request that goes together with this one. `comes_after`: it follows from this one."""

    row: AccessRequest
    relation: Relation
    comes_after: bool
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldLine:
    """A legal hold that stands, with who placed it."""

    row: LegalHold
    who: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryLine:
    """Something that happened to a case. `number`: of the other request, where there is one and it may be known."""

    moment: datetime
    sentence: Text
    who: Text
    number: str = ""


@dataclass(frozen=True)
class CaseWork:
    """All of it for one case, as one actor may know of it."""

    actor: Actor
    row: AccessRequest

    @cached_property
    def _trail(self) -> list[TrailLine]:
        return trail_of("access.accessrequest", self.row.public_id, names=TOLD)

    @cached_property
    def links(self) -> tuple[LinkedRequest, ...]:
        """The requests linked to it, from either side, that the actor may know of."""
        found = RequestLink.objects.filter(Q(source=self.row) | Q(target=self.row)).order_by("pk")
        ends = {pk for link in found for pk in (link.source_id, link.target_id)}
        rows = AccessRequest.objects.filter(policy.visible_to(self.actor), pk__in=ends)
        known = {row.pk: row for row in rows.order_by("pk")}
        linked = []
        for link in found:
            is_source = link.source_id == self.row.pk
            other = known.get(link.target_id if is_source else link.source_id)
            if other is not None:
                relation = Relation(link.relation)
                linked.append(
                    LinkedRequest(
                        row=other,
                        relation=relation,
                        comes_after=relation == Relation.FOLLOWS and not is_source,
                        made_at=link.made_at,
                    )
                )
        return tuple(linked)

    @cached_property
    def linked_pks(self) -> frozenset[int]:
        """The rows of these requests."""
        return frozenset(link.row.pk for link in self.links)

    @cached_property
    def holds(self) -> tuple[HoldLine, ...]:
        """The legal holds that stand."""
        placed = {
            line.data.get("hold"): _who(line) for line in self._trail if line.name == AccessEvent.HOLD_PLACED
        }
        rows = self.row.holds.filter(lifted_at__isnull=True).order_by("pk")
        return tuple(HoldLine(row=row, who=placed.get(row.public_id, NOBODY)) for row in rows)

    @cached_property
    def history(self) -> tuple[HistoryLine, ...]:
        """What happened, the newest first: from the trail, and what moved the clock."""
        numbers = self._numbers()
        lines = [
            HistoryLine(
                moment=line.happened_at,
                sentence=line.sentence,
                who=_who(line),
                number=numbers.get(str(line.data.get("to", "")), ""),
            )
            for line in self._trail
        ]
        lines += [
            HistoryLine(moment=event.recorded_at, sentence=KINDS[Kind(event.kind)], who=NOBODY)
            for event in self.row.clock_events.exclude(kind=Kind.RECEIVED).order_by("pk")
        ]
        return tuple(sorted(lines, key=lambda line: line.moment, reverse=True))

    def _numbers(self) -> dict[str, str]:
        named = {str(line.data["to"]) for line in self._trail if "to" in line.data}
        rows = AccessRequest.objects.filter(policy.visible_to(self.actor), public_id__in=named)
        return dict(rows.order_by("pk").values_list("public_id", "number"))


def _who(line: TrailLine) -> Text:
    """Return who did it: a colleague by name, the requester never."""
    is_clarified = line.name == AccessEvent.CLARIFIED
    if line.name in BY_REQUESTER or (is_clarified and line.data.get("by") != "institution"):
        return REQUESTER
    if line.name not in BY_STAFF and not is_clarified:
        return NOBODY
    if line.actor_kind == ActorKind.SYSTEM:
        return SITE
    name = person_name(line.person_id) if line.person_id is not None else ""
    return Text(name, name)


def versions_of(texts: Iterable[CaseText]) -> tuple[Version, ...]:
    """Return each version with what it changed of the one before."""
    rows = tuple(texts)
    before = (None, *rows)
    return tuple(
        Version(
            text=row,
            runs=changes(last.requested.text, row.requested.text) if last else (),
            counts=len(rows) > 1 and row is rows[-1],
        )
        for last, row in zip(before, rows, strict=False)
    )


def request_by_number(actor: Actor, number: str) -> AccessRequest | None:
    """Return the request of this number if the actor may know of it, else None."""
    rows = AccessRequest.objects.filter(policy.visible_to(actor), number__iexact=number.strip())
    return rows.select_related("institution").order_by("pk").first()


def other_end(actor: Actor, public_id: str) -> AccessRequest | None:
    """Return a request that the actor may know of, to link it or to take its link away."""
    return AccessRequest.objects.filter(policy.visible_to(actor), public_id=public_id).first()
