"""All that a step of the journey looks at: the answers so far, what would hold were it sent today, and who writes."""

from dataclasses import dataclass, field
from decimal import Decimal

from parvis.access.answers import Answers
from parvis.access.models import Draft, UsualFile
from parvis.access.queries import PartTerms
from parvis.core.bilingual import Language, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """Where a draft stands. `account_name` and `account_email` are those of who is signed in, empty for a guest."""

    draft: Draft
    answers: Answers
    parts: tuple[PartTerms, ...]
    language: Language
    usual: UsualFile | None = None
    is_signed_in: bool = False
    account_name: str = ""
    account_email: str = ""
    verified_by: Text = field(default_factory=Text)  # the provider that has verified who is signed in

    @property
    def paid(self) -> tuple[PartTerms, ...]:
        """The parts that cost something."""
        return tuple(part for part in self.parts if part.fee)

    @property
    def total(self) -> Decimal:
        """What all of them cost."""
        return sum((part.fee.amount for part in self.paid), Decimal(0))

    @property
    def is_of_package(self) -> bool:
        """Whether a copy of one released record is asked, so that words and institution are known."""
        return bool(self.answers.package)
