"""Which institutions take requests here, under which statutes and on which terms, for the rooms that hold cases."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from parvis.core.bilingual import Language, Text
from parvis.institutions.models import Institution, Onboarding
from parvis.institutions.queries.institutions import AccessContact, InstitutionReference, reference
from parvis.institutions.states import Channel, FeeChoice, FeeMeans, OnboardingState, State


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeTerms:
    """Which application fee an institution asks for and how it takes it. `at_most`: less than the statute's.

    An institution that does not say how (`means` is empty) takes cards where this site does.
    """

    is_charged: bool = True
    at_most: Decimal | None = None
    means: tuple[FeeMeans, ...] = ()
    note: Text = field(default_factory=Text)

    @property
    def takes_cards(self) -> bool:
        """Whether one may pay it by card."""
        return not self.means or FeeMeans.CARD in self.means

    @property
    def other_means(self) -> tuple[FeeMeans, ...]:
        """The ways besides a card."""
        return tuple(one for one in self.means if one is not FeeMeans.CARD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiving:
    """How an institution takes requests. Where `is_live` is false, nobody receives them here: its contact says how."""

    reference: InstitutionReference
    contact: AccessContact
    is_live: bool = False
    regimes: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    fees: FeeTerms = field(default_factory=FeeTerms)
    channels: tuple[Channel, ...] = ()
    welcome: Text = field(default_factory=Text)


def receiving(slugs: Iterable[str]) -> dict[str, Receiving]:
    """Return how each of these institutions takes requests, by slug; unknown and ended ones are left out."""
    wanted = [
        slug for slug in slugs if "\0" not in slug
    ]  # PostgreSQL has no word for it, nor any institution
    rows = Institution.objects.with_jurisdiction().filter(slug__in=wanted, state=State.ACTIVE)
    boarding = {row.institution_id: row for row in Onboarding.objects.filter(institution__in=rows)}
    return {row.slug: _receiving(row, boarding.get(row.pk)) for row in rows}


def receiving_list(language: Language) -> tuple[Receiving, ...]:
    """Return every institution that takes requests here, in alphabetical order of a language."""
    rows = (
        Institution.objects.with_jurisdiction()
        .filter(state=State.ACTIVE, onboarding__state=OnboardingState.LIVE)
        .select_related("onboarding", "jurisdiction")
        .alphabetical(language)
    )
    return tuple(_receiving(row, row.onboarding) for row in rows)


def _receiving(row: Institution, boarding: Onboarding | None) -> Receiving:
    contact = AccessContact(
        email=row.access_email,
        phone=row.access_phone,
        address=Text(row.access_address_en, row.access_address_fr),
        url=Text(row.access_url_en, row.access_url_fr),
    )
    if boarding is None:
        return Receiving(reference=reference(row), contact=contact)
    return Receiving(
        reference=reference(row),
        contact=contact,
        is_live=boarding.state == OnboardingState.LIVE,
        regimes=tuple(boarding.regimes),
        languages=tuple(boarding.languages),
        fees=_fees(boarding),
        channels=tuple(Channel(one) for one in boarding.channels),
        welcome=boarding.welcome,
    )


def _fees(boarding: Onboarding) -> FeeTerms:
    return FeeTerms(
        is_charged=boarding.fee_choice != FeeChoice.NONE,
        at_most=boarding.fee_amount if boarding.fee_choice == FeeChoice.REDUCED else None,
        means=tuple(FeeMeans(one) for one in boarding.fee_means),
        note=boarding.fee_note,
    )
