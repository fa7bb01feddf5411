"""What heads delegated, as pages and rules read it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from parvis.core.actor import Actor
from parvis.core.bilingual import Text
from parvis.core.roles import Role
from parvis.institutions.answers import current_packs, regimes_for
from parvis.institutions.models import DelegationInstrument, Institution, Membership, Onboarding
from parvis.institutions.policy import delegation as policy
from parvis.institutions.powers import POWER_TITLES, Power, section_of
from parvis.institutions.queries.memberships import MembershipItem, members

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from parvis.institutions.models.delegation import DelegationInstrumentQuerySet


@dataclass(frozen=True, slots=True, kw_only=True)
class PowerLine:
    """One power, where it comes from, and who may exercise it."""

    power: Power
    title: "_StrPromise"
    section: str
    holders: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InstrumentItem:
    """One instrument as its pages show it. `powers` stand on its own page only."""

    public_id: str
    institution: Institution
    regime: str
    statute: Text
    title: Text
    signed_on: date
    from_on: date
    until_on: date | None
    is_in_force: bool
    is_over: bool
    document_name: str
    powers: tuple[PowerLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A file that was handed in, and what it was called."""

    file: Any  # Django's FieldFile
    name: str


def visible_instruments(actor: Actor) -> "DelegationInstrumentQuerySet":
    """Return the instruments that the actor may read."""
    return DelegationInstrument.objects.filter(policy.visible_to(actor)).select_related(
        "institution__jurisdiction"
    )


def instruments(actor: Actor, institution: Institution) -> tuple[InstrumentItem, ...]:
    """Return the instruments of an institution, newest first."""
    rows = visible_instruments(actor).filter(institution=institution).newest_first()
    return tuple(_item(row) for row in rows)


def instrument(actor: Actor, public_id: str) -> InstrumentItem | None:
    """Return one instrument with its powers, or None where there is none that the actor may read."""
    row = visible_instruments(actor).filter(public_id=public_id).first()
    if row is None:
        return None
    holders: defaultdict[str, list[str]] = defaultdict(list)
    lines = row.powers.select_related("membership__person").order_by("membership__person__email", "pk")
    for line in lines:
        person = line.membership.person
        holders[line.power].append(person.name or person.email)
    powers = tuple(
        PowerLine(
            power=power,
            title=POWER_TITLES[power],
            section=section_of(row.regime, power),
            holders=tuple(holders[power]),
        )
        for power in Power
        if power in holders
    )
    return _item(row, powers)


def instrument_document(actor: Actor, public_id: str) -> Document | None:
    """Return the signed document of an instrument that the actor may read, or None where there is none."""
    row = visible_instruments(actor).filter(public_id=public_id).exclude(document="").first()
    return Document(row.document, row.document_name) if row else None


def statutes_to_delegate(institution: Institution) -> dict[str, Text]:
    """Return the statutes under which the institution may delegate, by regime: those that it is under."""
    row = Onboarding.objects.filter(institution=institution).first()
    today = timezone.localdate()
    own = (
        set(row.regimes) if row and row.regimes else {pack.regime for pack in regimes_for(institution, today)}
    )
    return {pack.regime: pack.statute for pack in current_packs(today) if pack.regime in own}


def delegates(actor: Actor, institution: Institution) -> tuple[MembershipItem, ...]:
    """Return those who hold the role of a delegate, to whom powers may be given."""
    return tuple(item for item in members(actor, institution) if item.role is Role.DELEGATE)


def ids_of(items: Sequence[MembershipItem]) -> dict[str, int]:
    """Return the id of each membership, by its public identifier."""
    wanted = [item.public_id for item in items]
    return dict(Membership.objects.filter(public_id__in=wanted).values_list("public_id", "pk"))


def _item(row: DelegationInstrument, powers: tuple[PowerLine, ...] = ()) -> InstrumentItem:
    statute = next((pack.statute for pack in current_packs(row.from_on) if pack.regime == row.regime), Text())
    return InstrumentItem(
        public_id=row.public_id,
        institution=row.institution,
        regime=row.regime,
        statute=statute or Text(row.regime, row.regime),
        title=row.title,
        signed_on=row.signed_on,
        from_on=row.from_on,
        until_on=row.until_on,
        is_in_force=row.is_in_force(),
        is_over=row.until_on is not None and row.until_on < timezone.localdate(),
        document_name=row.document_name if row.document else "",
        powers=powers,
    )
