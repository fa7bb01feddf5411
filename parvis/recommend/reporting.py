"""What the commands of this room say, as plain data and as lines."""

from collections.abc import Iterator, Mapping
from typing import Any

from parvis.core.bilingual import Language, Text
from parvis.recommend.suggestions import Holder, LikelyHolders, SimilarRecord, SimilarRecords
from parvis.search.queries import Hit


def as_data(similar: SimilarRecords, holders: LikelyHolders) -> dict[str, Any]:
    """Return both answers as plain data."""
    elsewhere = holders.elsewhere
    return {
        "state": "unavailable"
        if not holders.is_available
        else "words_only"
        if holders.is_words_only
        else "ready",
        "institutions": [_holder(one) for one in holders.holders],
        "is_unsure": holders.is_unsure,
        "elsewhere": {
            "held_by": str(elsewhere.subject.held_by),
            "subject": _both(elsewhere.subject.title),
            "source": _both(elsewhere.subject.source.title),
            "source_url": _both(elsewhere.subject.source.url),
        }
        if elsewhere
        else None,
        "similar": [_record(one) for one in similar.records],
    }


def _holder(one: Holder) -> dict[str, Any]:
    return {
        "institution": one.institution.slug,
        "title": _both(one.institution.title),
        "confidence": round(one.confidence, 3),
        "is_likely": one.is_likely,
        "evidence": {
            "is_named": one.is_named,
            "requests": [_reference(hit) for hit in one.requests],
            "holdings": [_reference(hit) for hit in one.holdings],
            "services": [_reference(hit) for hit in one.services],
            "purpose": _both(one.purpose),
        },
    }


def _record(one: SimilarRecord) -> dict[str, Any]:
    return {
        **_reference(one.hit),
        "is_identical": one.is_identical,
        "differs": [str(kind) for kind in one.differs],
        "alike": one.alike,
        "copies_asked_for": one.copies,
        "closeness": round(one.closeness, 3),
    }


def _reference(hit: Hit) -> dict[str, Any]:
    return {
        "kind": hit.kind,
        "public_id": hit.public_id,
        "identifiers": list(hit.identifiers),
        "institution": hit.institution or None,
        "title": _both(hit.title),
    }


def _both(text: Text) -> dict[str, str | None]:
    return {"en": text.en or None, "fr": text.fr or None}


def recommendation_lines(
    similar: SimilarRecords, holders: LikelyHolders, language: Language
) -> Iterator[str]:
    """Yield both answers as a person reads them."""
    if not similar.is_available:
        yield "Search is not available: there is no index. `parvis index` builds it."
        return
    if similar.is_words_only:
        yield "By words only: vectors are not ready."
    if holders.elsewhere:
        yield f"Perhaps not federal: held by your {holders.elsewhere.subject.held_by}."
    yield "Who holds it:" if not holders.is_unsure else "Who may hold it (nothing is sure):"
    for holder in holders.holders:
        title = holder.institution.title.shown(language).text
        yield f"  {holder.confidence:4.0%}  {title}{'  (likely)' if holder.is_likely else ''}"
    yield "Already answered:" if similar.records else "Nothing close was answered yet."
    for record in similar.records:
        number = ", ".join(record.hit.identifiers[:1])
        more = f", and {record.alike} more like it" if record.alike else ""
        word = "identical" if record.is_identical else "similar"
        yield f"  {word}: {number} {record.hit.title.shown(language).text}{more}"


def institution_lines(told: Mapping[str, Any]) -> Iterator[str]:
    """Yield what a person reads of an evaluation of institutions."""
    yield f"{'':<28}{'@1':>8}{'@3':>8}{'@5':>8}{'texts':>8}"
    for title, found in (
        ("whole texts", told),
        ("short queries", told.get("short_queries")),
        ("short, of ours", told.get("own_questions")),
        ("cold start", told["cold_start"]),
        ("requests only", told.get("without_inventories")),
        ("requests only, cold", told.get("without_inventories", {}).get("cold_start")),
    ):
        if found:
            for name, row in {"": found, **found["by_language"]}.items():
                figures = "".join(f"{row[f'accuracy_at_{k}']:>8.3f}" for k in (1, 3, 5))
                yield f"{title + (', ' + name if name else ''):<28}{figures}{row['texts']:>8}"
    for title, found in (("whole texts", told), ("short queries", told.get("short_queries"))):
        if found:
            said = found["likely"]
            yield (
                f"“Likely” is said of {said['share']:.0%} of {title} (confidence from {said['from']:.2f}) "
                f"and is right in {said['right']:.1%}."
            )
    yield "Calibration: confidence, texts, mean confidence, right"
    for row in told["calibration"]:
        yield f"  {row['from']:.2f}–{row['to']:.2f}{row['texts']:>8}{row['confidence']:>8.3f}{row['right']:>8.3f}"
