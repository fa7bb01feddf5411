"""Who is meant: from any spelling that real files use to one institution, or visibly to none.

Pure: no database. A `Matcher` is made from what is known (`KnownInstitution`), and answers by rules only:
equal after folding case, accents, dashes, quotes, white space and "&". It never guesses; guesses are
`suggestions()`, for a person who reads the report of what stayed unknown.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from rapidfuzz import fuzz, process

from parvis.core.sort_key import sort_key

FEDERAL = "ca"


class How(StrEnum):
    """By what an institution was found, from the surest down; the last two mean that it was not."""

    SLUG = "slug"  # the open-data slug, or our own
    TITLE = "title"  # a title of today, in either language
    FORMER_NAME = "former-name"
    SPELLING = "spelling"  # a way of writing that is kept as data
    ACRONYM = "acronym"
    SHORT_TITLE = (
        "short-title"  # a title without "Department of", "of Canada" and the like, where only one has it
    )
    WHOLE_JURISDICTION = "whole-jurisdiction"  # a municipality answers for all its units
    AMBIGUOUS = "ambiguous"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownInstitution:
    """What the matcher is told of one institution. All names may come in either language."""

    institution_id: int
    slug: str
    jurisdiction: str  # a code: ca, ca-bc, ca-on-3520005
    open_data_slug: str = ""
    titles: tuple[str, ...] = ()
    former_names: tuple[str, ...] = ()
    spellings: tuple[str, ...] = ()
    acronyms: tuple[str, ...] = ()
    is_whole_jurisdiction: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """The answer. `institution_id` is None and `slug` empty when nobody, or more than one, is meant.

    `unit` keeps the words for a part of a municipality ("Building Services"). `title_disagrees` says that the
    slug names one institution and the title another; the slug was followed. `candidates` are the slugs among
    which no rule can choose.
    """

    institution_id: int | None
    slug: str
    how: How
    unit: str = ""
    title_disagrees: bool = False
    candidates: tuple[str, ...] = ()

    @property
    def is_known(self) -> bool:
        """Whether one institution was found."""
        return self.institution_id is not None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A guess for a person to judge; `score` is from 0 to 100 (rapidfuzz, token sort ratio)."""

    slug: str
    title: str
    score: float


@dataclass(frozen=True, slots=True)
class SharedName:
    """A name of the same rank that several institutions of one jurisdiction bear, so that it resolves to none."""

    jurisdiction: str
    how: How
    key: str
    slugs: tuple[str, ...]


UNKNOWN = Resolution(institution_id=None, slug="", how=How.UNKNOWN)

# What departmental lists put around a name that is otherwise whole.
_LIST_PATH = re.compile(r"^/?Government of Canada - Gouvernement du Canada/", re.IGNORECASE)
_LIST_TAIL = re.compile(
    r"\s*(-\s*(non-)?budgetary|\((crown corporation|soci[ée]t[ée] d['’]?\s*[ée]tat|"
    r"(the )?(department|ministry|office)( of( the)?)?|minist[èe]re (du|de la|de l['’]?|des|de))\))\s*$",
    re.IGNORECASE,
)
_ARTICLE_LAST = re.compile(r",\s*(the|la|le|les)\s*$", re.IGNORECASE)
_CA = re.compile(r"\bCA\b")  # "CA Revenue Agency": departmental lists write Canada so
_FORMERLY = re.compile(r"^(formerly|anciennement)\s*:?\s*", re.IGNORECASE)
_BAR = re.compile(r"\s*\|\s*")
_LOOSE_SEPARATOR = re.compile(r"\s+[-–—/]\s+|\s*/\s*")
_IN_BRACKETS = re.compile(r"^(?P<title>.+?)\s*\((?P<inside>[^()]+)\)$")
_AND = re.compile(r"\s*&\s*|\bet\b", re.IGNORECASE)
_ARTICLE = re.compile(r"^(the|le|la|les|l) ")
_LOST_PREFIX = re.compile(
    r"^((government of canada|gouvernement du canada) )?"
    r"((department|ministry|minister|ministere|ministre) (of|for|de|du|des) )?((the|la|le|les|l) )?"
)
_LOST_SUFFIX = re.compile(r"( (of|du|de|pour le) (the )?canada| canada| inc| ltd| ltee| limited| limitee)+$")
_NOT_NAMED = frozenset({"", "n a", "na", "none", "unknown", "inconnu", "s o"})


def plain(title: str) -> str:
    """Return the title on one line, without what departmental lists put around it, "CA" written out as Canada."""
    text = _LIST_PATH.sub("", " ".join(unicodedata.normalize("NFKC", title).split()))
    return _CA.sub("Canada", _ARTICLE_LAST.sub("", _LIST_TAIL.sub("", text)))


@lru_cache(maxsize=20_000)
def title_key(title: str) -> str:
    """Return the key under which `title` is compared: folded, "&" and "et" read as "and", no leading article."""
    return _ARTICLE.sub("", sort_key(_AND.sub(" and ", plain(title))))


@lru_cache(maxsize=20_000)
def short_key(title: str) -> str:
    """Return the key without "Department of", "of Canada", "Inc." and the like; empty when little is left."""
    key = _LOST_SUFFIX.sub("", _LOST_PREFIX.sub("", title_key(title))).replace(" of the ", " of ")
    return key if len(key) > 3 else ""  # noqa: PLR2004  # three letters are an acronym, not a title


@dataclass(slots=True)
class _Names:
    """One table per way of finding: key to the institutions that bear it."""

    tables: dict[How, dict[str, set[KnownInstitution]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(set))
    )

    def add(self, how: How, key: str, institution: KnownInstitution) -> None:
        if key:
            self.tables[how][key].add(institution)

    def find(self, how: How, key: str) -> set[KnownInstitution]:
        return self.tables[how].get(key, set()) if key else set()


class Matcher:
    """Finds institutions by slug and title, and counts what it could not find."""

    def __init__(
        self, institutions: Iterable[KnownInstitution], codes: Mapping[str, str] | None = None
    ) -> None:
        """Take what is known, and `codes`: other codes of jurisdictions (division identifiers, aliases) to ours."""
        self._codes = dict(codes or {})
        self._names: dict[str, _Names] = defaultdict(_Names)
        self._whole: dict[str, KnownInstitution] = {}
        self._known: dict[str, list[KnownInstitution]] = defaultdict(list)
        self._answers: dict[tuple[str, str, str], Resolution] = {}
        self.unknown: Counter[tuple[str, str, str]] = Counter()  # (jurisdiction, slug, title) to occurrences
        for institution in institutions:
            self._add(institution)

    def _add(self, institution: KnownInstitution) -> None:
        names = self._names[institution.jurisdiction]
        self._known[institution.jurisdiction].append(institution)
        for slug in (institution.slug, institution.open_data_slug):
            names.add(How.SLUG, slug.casefold(), institution)
        for how, texts in (
            (How.TITLE, institution.titles),
            (How.FORMER_NAME, institution.former_names),
            (How.SPELLING, institution.spellings),
            (How.ACRONYM, institution.acronyms),
        ):
            for text in texts:
                # An acronym kept as a spelling stands with the acronyms, so that two bearers show.
                rank = How.ACRONYM if how is How.SPELLING and text.isupper() and " " not in text else how
                names.add(rank, title_key(text), institution)
        for text in (*institution.titles, *institution.former_names):
            names.add(How.SHORT_TITLE, short_key(text), institution)
        if institution.is_whole_jurisdiction:
            self._whole[institution.jurisdiction] = institution

    def resolve(self, *, slug: str = "", title: str = "", jurisdiction: str = FEDERAL) -> Resolution:
        """Find the institution meant by an open-data slug, a title as written, or both.

        `jurisdiction` is our code, an alias or an Open Civic Data division identifier. A slug that is known wins;
        a title is tried whole, then as "English | Français". What is not known is counted in `unknown`.
        """
        asked = (jurisdiction, slug, title)
        answer = self._answers.get(asked)
        if answer is None:
            code = self._codes.get(jurisdiction, jurisdiction)
            answer = self._answers[asked] = self._resolve(code, slug.strip(), title)
        if not answer.is_known:
            self.unknown[asked] += 1
        return answer

    def _resolve(self, code: str, slug: str, title: str) -> Resolution:
        by_title = self._by_title(code, title)
        by_slug = self._one(How.SLUG, self._names[code].find(How.SLUG, slug.casefold()))
        if by_slug is not None and by_slug.is_known:
            disagrees = by_title.is_known and by_title.slug != by_slug.slug
            return Resolution(
                institution_id=by_slug.institution_id,
                slug=by_slug.slug,
                how=How.SLUG,
                title_disagrees=disagrees,
            )
        if by_title.is_known or by_title.how is How.AMBIGUOUS:
            return by_title
        if whole := self._whole.get(code):
            unit = "" if title_key(title) in _NOT_NAMED else " ".join(title.split())
            return Resolution(
                institution_id=whole.institution_id, slug=whole.slug, how=How.WHOLE_JURISDICTION, unit=unit
            )
        return UNKNOWN

    def _by_title(self, code: str, title: str) -> Resolution:
        title = plain(title)
        answer = self._by_words(code, title)
        if answer.is_known:
            return answer
        if "|" in title:
            return self._by_parts(code, _BAR.split(title), need_all=False) or answer
        if inside := _IN_BRACKETS.match(title):
            parts = (inside["title"], _FORMERLY.sub("", inside["inside"]))
            return self._by_parts(code, parts, need_all=True) or answer
        halves = tuple(part for part in _LOOSE_SEPARATOR.split(title) if part.strip())
        if len(halves) > 1:
            return self._by_parts(code, halves, need_all=True) or answer
        return answer

    def _by_words(self, code: str, title: str) -> Resolution:
        """Try one title by each table in turn; a table in which several bear the name ends the search."""
        names, key = self._names[code], title_key(title)
        for how in (How.TITLE, How.FORMER_NAME, How.SPELLING, How.ACRONYM):
            if found := self._one(how, names.find(how, key)):
                return found
        if found := self._one(How.SLUG, names.find(How.SLUG, title.strip().casefold())):
            return found
        return self._one(How.SHORT_TITLE, names.find(How.SHORT_TITLE, short_key(title))) or UNKNOWN

    def _by_parts(self, code: str, parts: Sequence[str], *, need_all: bool) -> Resolution | None:
        """Try each part of a title; they must not name two institutions, and with `need_all` each must name it."""
        answers = [self._by_words(code, part) for part in parts]
        known = [answer for answer in answers if answer.is_known]
        slugs = tuple(sorted({answer.slug for answer in known}))
        if len(slugs) > 1:
            return Resolution(institution_id=None, slug="", how=How.AMBIGUOUS, candidates=slugs)
        if not known or (need_all and len(known) < len(answers)):
            return None
        return known[0]

    @staticmethod
    def _one(how: How, found: set[KnownInstitution]) -> Resolution | None:
        if not found:
            return None
        if len(found) > 1:
            slugs = tuple(sorted(institution.slug for institution in found))
            return Resolution(institution_id=None, slug="", how=How.AMBIGUOUS, candidates=slugs)
        (only,) = found
        return Resolution(institution_id=only.institution_id, slug=only.slug, how=how)

    def shared_names(self) -> tuple[SharedName, ...]:
        """Return the full names that resolve to nobody because several bear them: data to be looked at."""
        return tuple(
            SharedName(code, how, key, tuple(sorted(one.slug for one in bearers)))
            for code, names in self._names.items()
            for how, table in names.tables.items()
            if how is not How.SHORT_TITLE
            for key, bearers in table.items()
            if len(bearers) > 1
        )

    def suggestions(
        self, title: str, *, jurisdiction: str = FEDERAL, limit: int = 3
    ) -> tuple[Suggestion, ...]:
        """Guess whom an unknown title may mean, best first, for a person to judge; never used to resolve."""
        code = self._codes.get(jurisdiction, jurisdiction)
        choices = {
            (known.slug, text): title_key(text)
            for known in self._known[code]
            for text in (*known.titles, *known.former_names, *known.spellings)
        }
        found = process.extract(title_key(title), choices, scorer=fuzz.token_sort_ratio, limit=limit * 4)
        best: dict[str, Suggestion] = {}
        for _key, score, (slug, text) in found:
            best.setdefault(slug, Suggestion(slug, text, round(score, 1)))
        return tuple(best.values())[:limit]
