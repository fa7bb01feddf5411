"""What an evaluation asks: texts whose answer is known, each with what must be hidden so that nothing is given away.

A text is hidden from the model together with its near duplicates (Jaccard index of three-word shingles of 0.6 or more,
digits and months removed), so that form letters do not answer themselves. For a cold start, everything that the right
institution ever answered is hidden as well.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from parvis.core.bilingual import LANGUAGES, Language, Text
from parvis.core.errors import ParvisError
from parvis.disclosure import queries as disclosure
from parvis.disclosure.queries import SummaryFilter
from parvis.institutions import queries as institutions
from parvis.recommend.evidence import REQUESTS, Numbers, Table, table, without_inventories
from parvis.recommend.learning import known_requests
from parvis.recommend.texts import Shelved, shingles
from parvis.recommend.wording import WithoutSome
from parvis.search import actions as search_actions
from parvis.search import evaluation as search_evaluation
from parvis.search import queries as search
from parvis.search.queries import Neighbourhood

FEDERAL = "ca"


@dataclass(frozen=True, slots=True)
class Trial:
    """One text, who answered it (one or more slugs), and the public ids that must not be seen."""

    text: str
    language: Language
    answers: tuple[str, ...]
    hidden: frozenset[str]
    group: int  # the row that it comes from: both languages of a row fall into one fold
    is_query: bool = False  # a short question, not a whole text
    is_ours: bool = False  # of the questions that come with Parvis


class Loaded:
    """The summaries that are loaded, for finding those that a row repeats."""

    def __init__(self) -> None:
        rows = list(
            disclosure.filtered_summaries(SummaryFilter(jurisdiction=FEDERAL))
            .order_by("pk")
            .values_list("public_id", "summary_en", "summary_fr")
        )
        self._ids = [str(row[0]) for row in rows]
        self._places = {public_id: place for place, public_id in enumerate(self._ids)}
        self._shelves = {
            language: Shelved(str(row[1 + side]) for row in rows) for side, language in enumerate(LANGUAGES)
        }

    def alike(self, text: Text) -> frozenset[str]:
        """Return the ids of all that is nearly the same, in either language."""
        return frozenset(
            self._ids[place]
            for language in LANGUAGES
            if text.in_(language)
            for place in self._shelves[language].alike(shingles(text.in_(language)))
        )

    def alike_to(self, public_ids: Sequence[str]) -> frozenset[str]:
        """Return the ids of all that is nearly the same as these records, and theirs."""
        found = set(public_ids)
        for public_id in public_ids:
            if (place := self._places.get(public_id)) is not None:
                for shelf in self._shelves.values():
                    found |= {self._ids[other] for other in shelf.alike(shelf.shingles[place])}
        return frozenset(found)


def whole_texts(path: Path, loaded: Loaded) -> Iterator[Trial]:
    """Yield each row of a file of the official layout as two trials, one a language; unknown institutions left out."""
    for row in disclosure.file_requests(path):
        if not row.institution:
            continue
        hidden = loaded.alike(row.text)
        for language in row.text.languages:
            yield Trial(row.text.in_(language), language, (row.institution,), hidden, row.line)


def short_queries(path: Path, loaded: Loaded, *, is_ours: bool = False) -> Iterator[Trial]:
    """Yield each known query that a federal institution answered; what answers it is hidden, with its duplicates."""
    for number, known in enumerate(search_evaluation.read_queries(path)):
        ids = [key[1] for target in known.targets for key in search_evaluation.keys_of(target)]
        rows = disclosure.filtered_summaries(SummaryFilter(jurisdiction=FEDERAL)).filter(public_id__in=ids)
        references = institutions.references(rows.order_by("pk").values_list("institution_id", flat=True))
        slugs = tuple(sorted({one.slug for one in references.values()}))
        if slugs:
            hidden = loaded.alike_to(ids)
            yield Trial(known.text, known.language, slugs, hidden, number, is_query=True, is_ours=is_ours)


@dataclass(frozen=True, slots=True)
class Asked:
    """A trial with what spoke for each candidate."""

    trial: Trial
    evidence: Table
    is_cold: bool = False
    is_bare: bool = False  # taken as where neither holdings nor services are loaded

    @property
    def right(self) -> list[int]:
        """The places of the right answers among the candidates."""
        return [place for place, slug in enumerate(self.evidence.slugs) if slug in self.trial.answers]


class Court:
    """Puts trials before the evidence: the index, the candidates, the vectors of the texts."""

    def __init__(self, trials: Sequence[Trial], candidates: Sequence[str]) -> None:
        self._candidates = candidates
        texts = [one.text for one in trials]
        self._questions = search_actions.kept_vectors("query", [search.text_to_embed(one) for one in texts])
        self._wholes = search_actions.kept_vectors(
            "passage", [whole for one in texts if (whole := search.whole_to_embed(one))]
        )
        self._numbers: dict[str, int] = {}
        self._wording = WithoutSome(known_requests())

    def ask(self, trial: Trial, *, is_cold: bool = False) -> Asked:
        """Return the evidence that is left when the text's own traces are hidden."""
        whole = self._wholes.get(search.whole_to_embed(trial.text))
        asked = search.Asked(self._questions[search.text_to_embed(trial.text)], whole)
        near = search.neighbours_of_vectors(trial.text, trial.language, asked)
        if near is None:
            raise ParvisError("Search is not available: there is no index. `parvis index` builds it.")
        hidden = self._hidden(near, trial, is_cold=is_cold)
        wording = self._wording.scores(
            trial.text, trial.language, trial.hidden, trial.answers if is_cold else ()
        )
        evidence = table(near, trial.text, self._candidates, hidden=hidden, wording=wording)
        return Asked(trial, evidence, is_cold)

    def _hidden(self, near: Neighbourhood, trial: Trial, *, is_cold: bool) -> Numbers:
        unknown = [public_id for public_id in trial.hidden if public_id not in self._numbers]
        self._numbers |= search.numbers_of(near, REQUESTS, unknown)
        hidden = np.array([self._numbers[one] for one in trial.hidden if one in self._numbers], np.int64)
        if not is_cold:
            return hidden
        codes = [near.slugs.index(slug) for slug in trial.answers if slug in near.slugs]
        mine = np.flatnonzero(near.of_kind(REQUESTS) & np.isin(near.institutions, codes))
        return np.union1d(hidden, mine)


def bare(asked: Asked) -> Asked:
    """Return the same trial as an installation sees it that has loaded requests only."""
    return replace(asked, evidence=without_inventories(asked.evidence), is_bare=True)


def ask_all(
    court: Court, trials: Sequence[Trial], *, is_cold: bool = False, report: Callable[[int, int], None]
) -> list[Asked]:
    """Ask every trial, telling how far it is; those whose answer is no candidate count as never found."""
    asked = []
    for number, trial in enumerate(trials, 1):
        asked.append(court.ask(trial, is_cold=is_cold))
        report(number, len(trials))
    return asked
