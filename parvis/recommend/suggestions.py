"""What this room answers: frozen values, the same for page, API and command."""

from dataclasses import dataclass

from parvis.core.bilingual import Text
from parvis.institutions.queries import InstitutionReference
from parvis.recommend.elsewhere import Elsewhere
from parvis.recommend.texts import Differs, MarkedPart
from parvis.search.queries import Hit


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarRecord:
    """A released record that is worth reading before asking. Never "the same": only `is_identical` says that.

    `marked` is its text with what differs from the draft; `alike` how many other records are the same form letter,
    each about something else (`is_more` when they were not all counted); `copies` how often a copy was asked for.
    """

    hit: Hit
    closeness: float
    is_identical: bool
    is_same_institution: bool
    marked: tuple[MarkedPart, ...]
    differs: tuple[Differs, ...]
    alike: int = 0
    is_more: bool = False
    copies: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarRecords:
    """The records shown for a text; none where nothing is close. `is_available` is False while there is no index."""

    records: tuple[SimilarRecord, ...] = ()
    is_available: bool = True
    is_words_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """An institution that may hold it, how sure that is, and by which evidence."""

    institution: InstitutionReference
    purpose: Text
    confidence: float  # 0 to 1: of suggestions shown with 0.8, about 80 in 100 are right
    is_likely: bool
    is_named: bool  # the text names it
    requests: tuple[Hit, ...] = ()  # past requests like this one that it answered
    holdings: tuple[Hit, ...] = ()  # classes of records and banks that stand near
    services: tuple[Hit, ...] = ()  # services that it offers, of the service inventory

    @property
    def has_answered(self) -> bool:
        """Whether past requests speak for it."""
        return bool(self.requests)


@dataclass(frozen=True, slots=True, kw_only=True)
class LikelyHolders:
    """Who likely holds what a text asks for, the likeliest first.

    `is_unsure`: none is likely, so the page says so and offers the list by subject. `elsewhere`: a province or a
    municipality holds such things.
    """

    holders: tuple[Holder, ...] = ()
    elsewhere: Elsewhere | None = None
    is_unsure: bool = True
    is_available: bool = True
    is_words_only: bool = False

    @property
    def likely_slug(self) -> str | None:
        """The institution whose records come first among equals: the likely one, if there is one."""
        return next((one.institution.slug for one in self.holders if one.is_likely), None)
