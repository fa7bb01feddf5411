"""Entering a delegation instrument."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from parvis.audit.actions import append_event
from parvis.core.action import action, require, require_none
from parvis.core.actor import Actor
from parvis.core.bilingual import Text
from parvis.core.errors import ParvisError
from parvis.core.roles import Role
from parvis.institutions.events import InstitutionsEvent
from parvis.institutions.models import DelegatedPower, DelegationInstrument, Institution, Membership
from parvis.institutions.policy.delegation import can_enter
from parvis.institutions.powers import Power, powers_under
from parvis.law import regimes

if TYPE_CHECKING:
    from django.core.files.base import File


@dataclass(frozen=True, slots=True, kw_only=True)
class InstrumentTerms:
    """What the head signed. `powers` names, by membership, what its holder may decide."""

    regime: str
    title: Text
    signed_on: date
    from_on: date
    until_on: date | None
    powers: Mapping[int, Collection[Power]]


@action
def enter_instrument(
    *,
    actor: Actor,
    institution: Institution,
    terms: InstrumentTerms,
    document: "File[bytes] | None" = None,
) -> DelegationInstrument:
    """Enter what the head signed; an instrument under the same statute that is open ends the day before.

    Raises ParvisError, in words, for terms that do not hold together.
    """
    require(can_enter(actor, institution.pk), _("Only the head or the central office enters an instrument."))
    holders = Membership.objects.filter(
        institution=institution, role=Role.DELEGATE, pk__in=terms.powers
    ).in_bulk()
    require_none(_faults(terms, holders))
    earlier = _end_earlier(actor, institution, terms)
    row = _written(actor, institution, terms, document)
    for one in earlier:
        one.superseded_by = row
        one.save(update_fields=["superseded_by"])
    DelegatedPower.objects.bulk_create(
        DelegatedPower(instrument=row, membership=holders[holder], power=str(power))
        for holder, powers in terms.powers.items()
        for power in sorted(powers)
    )
    append_event(
        InstitutionsEvent.INSTRUMENT_ENTERED,
        actor=actor,
        subject=row,
        institution=institution.slug,
        regime=terms.regime,
        from_on=terms.from_on,
        until_on=terms.until_on,
    )
    return row


@action
def end_instruments(*, actor: Actor, institution: Institution) -> int:
    """End every instrument of an institution that ends or leaves; return how many ended."""
    require(can_enter(actor, institution.pk), _("Only the head or the central office ends an instrument."))
    yesterday = timezone.localdate() - timedelta(days=1)
    rows = DelegationInstrument.objects.filter(institution=institution).in_force()
    for row in rows:
        _end(actor, row, max(yesterday, row.from_on))
    return len(rows)


def _written(
    actor: Actor, institution: Institution, terms: InstrumentTerms, document: "File[bytes] | None"
) -> DelegationInstrument:
    row = DelegationInstrument(
        institution=institution,
        regime=terms.regime,
        title_en=terms.title.en,
        title_fr=terms.title.fr,
        signed_on=terms.signed_on,
        from_on=terms.from_on,
        until_on=terms.until_on,
        entered_by_id=actor.person_id,
    )
    if document is not None:
        row.document, row.document_name = document, (document.name or "")[:200]
    try:
        row.full_clean()
    except ValidationError as error:
        raise ParvisError(" ".join(error.messages)) from error
    row.save()
    return row


def _faults(terms: InstrumentTerms, holders: Mapping[int, Membership]) -> list[object]:
    faults: list[object] = []
    if terms.regime not in regimes():
        faults.append(_("Choose the statute under which the powers are delegated."))
    if not any(terms.powers.values()):
        faults.append(_("Give at least one power to at least one delegate."))
    if set(terms.powers) - set(holders):
        faults.append(_("Powers go to delegates of this institution. Invite the person as a delegate first."))
    if {power for powers in terms.powers.values() for power in powers} - set(powers_under(terms.regime)):
        faults.append(_("This statute does not know one of these powers."))
    return faults


def _end_earlier(
    actor: Actor, institution: Institution, terms: InstrumentTerms
) -> list[DelegationInstrument]:
    """End the instruments under the same statute that would still be in force the day that this one begins."""
    open_ones = DelegationInstrument.objects.filter(
        institution=institution, regime=terms.regime, from_on__lt=terms.from_on
    ).in_force(terms.from_on)
    rows = list(open_ones.order_by("pk"))
    for row in rows:
        _end(actor, row, terms.from_on - timedelta(days=1))
    return rows


def _end(actor: Actor, row: DelegationInstrument, last: date) -> None:
    row.until_on = last
    row.save(update_fields=["until_on"])
    append_event(
        InstitutionsEvent.INSTRUMENT_ENDED,
        actor=actor,
        subject=row,
        institution=row.institution.slug,
        until_on=last,
    )
