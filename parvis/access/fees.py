"""What asking costs: the statute's application fee, unless the institution asks for none."""

from dataclasses import dataclass
from decimal import Decimal

from parvis.access.states import PERSONAL_KINDS, RequestKind
from parvis.institutions.queries import Receiving
from parvis.law import Pack

FREE = Decimal(0)


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
    if law is None or kind in {RequestKind.CORRECTION, RequestKind.COPY} or not terms.charges_fees:
        return Fee()
    told = law.fees.own_information if kind in PERSONAL_KINDS else law.fees.application
    return Fee(Decimal(told or 0), law.fees.currency, law.fees.section)
