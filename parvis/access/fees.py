"""What asking costs: the statute's application fee, unless the institution asks for less or for none."""

from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings

from parvis.access.states import PERSONAL_KINDS, RequestKind
from parvis.institutions.queries import FeeTerms, Receiving
from parvis.law import Pack

FREE = Decimal(0)
CARD = "card"
"""The variant of django-payments by which cards are taken; settings say by whom."""


@dataclass(frozen=True, slots=True)
class Fee:
    """An application fee, in the main unit of its currency, and the section that sets it."""

    amount: Decimal = FREE
    currency: str = "CAD"
    section: str = ""

    def __bool__(self) -> bool:
        return self.amount > 0


def fee_for(kind: str, law: Pack | None, terms: Receiving) -> Fee:
    """Return what a request of this kind costs at an institution. Corrections and copies cost nothing.

    An amount that the law pack does not know is none: nobody pays what we cannot show the section of.
    """
    if law is None or kind in {RequestKind.CORRECTION, RequestKind.COPY} or not terms.fees.is_charged:
        return Fee()
    told = law.fees.own_information if kind in PERSONAL_KINDS else law.fees.application
    amount = Decimal(told or 0)
    if terms.fees.at_most is not None:
        amount = min(amount, terms.fees.at_most)
    return Fee(amount, law.fees.currency, law.fees.section)


def takes_cards(terms: FeeTerms) -> bool:
    """Return whether a fee can be paid by card: the installation has a provider, and the institution takes cards."""
    return CARD in settings.PAYMENT_VARIANTS and terms.takes_cards
