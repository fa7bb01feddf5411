"""From the evidence to the institutions that a page names, each with what speaks for it."""

import functools

from parvis.core.bilingual import Language, Text
from parvis.institutions import queries as institutions
from parvis.recommend.elsewhere import held_elsewhere
from parvis.recommend.evidence import HOLDINGS, NAMES, SERVICES, described_by, table, voters
from parvis.recommend.suggestions import Holder, LikelyHolders
from parvis.recommend.weights import shipped
from parvis.search import queries as search
from parvis.search.queries import Neighbourhood

SHOWN = 3
WORTH_SHOWING = 0.02  # share under which a second or third suggestion is noise
REQUESTS_SHOWN, HOLDINGS_SHOWN, SERVICES_SHOWN = 3, 2, 1
CLOSE = 0.25  # cosine from which a request, a holding or a service is shown as evidence
FEDERAL = "ca"
_NAMED = NAMES.index("named")


@functools.lru_cache(maxsize=8)
def _standing(jurisdiction: str, known: int) -> dict[str, Text]:  # noqa: ARG001  # `known` tells a changed table
    listed = institutions.institution_list(jurisdiction=jurisdiction, include_ended=False)
    return {
        one.reference.slug: one.purpose for one in listed.items if one.reference.jurisdiction == jurisdiction
    }


def candidates(near: Neighbourhood, jurisdiction: str = FEDERAL) -> tuple[str, ...]:
    """Return the slugs of the institutions of a jurisdiction that stand and that the index knows."""
    indexed = set(near.slugs)
    return tuple(slug for slug in _standing(jurisdiction, len(near.slugs)) if slug in indexed)


def ranked_holders(near: Neighbourhood, text: str, language: Language) -> LikelyHolders:
    """Return the likeliest holders of what a text asks for."""
    slugs = candidates(near)
    if not slugs:
        return LikelyHolders(is_words_only=not near.has_meaning)
    weights, evidence = shipped(), table(near, text, slugs)
    shares, sure = weights.shares(evidence), weights.sure_shares(evidence)
    order = [int(place) for place in (-shares).argsort(kind="stable")[:SHOWN]]
    kept = [place for number, place in enumerate(order) if not number or shares[place] >= WORTH_SHOWING]
    references = institutions.references_by_slug(slugs[place] for place in kept)
    purposes = _standing(FEDERAL, len(near.slugs))
    holders = []
    for number, place in enumerate(kept):
        slug, confidence = slugs[place], weights.confidence(float(sure[place]))
        holders.append(
            Holder(
                institution=references[slug],
                purpose=purposes[slug],
                confidence=confidence,
                is_likely=not number and near.has_meaning and confidence >= weights.likely_from,
                is_named=bool(evidence.figures[place, _NAMED]),
                requests=_shown(near, voters(near, slug, REQUESTS_SHOWN), text, language),
                holdings=_shown(near, described_by(near, slug, HOLDINGS, HOLDINGS_SHOWN), text, language),
                services=_shown(near, described_by(near, slug, SERVICES, SERVICES_SHOWN), text, language),
            )
        )
    is_likely = any(one.is_likely for one in holders)
    return LikelyHolders(
        holders=tuple(holders),
        elsewhere=None if is_likely else held_elsewhere(near, near.language),
        is_unsure=not is_likely,
        is_words_only=not near.has_meaning,
    )


def _shown(near: Neighbourhood, numbers: list[int], text: str, language: Language) -> tuple[search.Hit, ...]:
    close = [
        number
        for number in numbers
        if near.cosines[number] >= CLOSE or (not near.has_meaning and near.words[number] > 0)
    ]
    return search.hits(near, close, text, language)
