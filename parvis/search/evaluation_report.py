"""What `parvis evaluate search` reads and says."""

import argparse
from collections.abc import Iterator, Mapping
from typing import Any

from parvis.search.ranking import DEFAULT, Weights


def read_weights(text: str) -> Weights:
    """Read "meaning=0.7,descriptions=0.9"; what is not named stays as pages use it."""
    named = {"meaning": DEFAULT.meaning, "descriptions": DEFAULT.descriptions}
    try:
        for part in text.split(","):
            name, _, value = part.partition("=")
            if name.strip() not in named:
                raise ValueError(name)  # noqa: TRY301  # one answer for both mistakes
            named[name.strip()] = float(value)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"weights are written {','.join(f'{n}=0.7' for n in named)}"
        ) from None
    return Weights(meaning=named["meaning"], descriptions=named["descriptions"])


def report_lines(told: Mapping[str, Any]) -> Iterator[str]:
    """Yield what a person reads of an evaluation that is plain data."""
    figures = [name for name in told if name.startswith(("recall", "mrr", "ndcg"))]
    yield f"{'':<10}" + "".join(f"{name:>14}" for name in [*figures, "queries"])
    for name, row in {"all": told, **told["by_language"]}.items():
        yield f"{name:<10}" + "".join(f"{row[figure]:>14.3f}" for figure in figures) + f"{row['queries']:>14}"
    for title, found in (
        ("French minus English", told["french_minus_english"]),
        ("Better than the other ranking by", told.get("better_than_the_other", {})),
    ):
        for name, one in found.items():
            verdict = "more than chance" if one["is_established"] else "within chance"
            yield f"{title}: {name} {one['difference']:+.3f} [{one['low']:+.3f}, {one['high']:+.3f}], {verdict}"
    if checked := told.get("cross_validated"):
        weights = ", ".join(map(str, checked["chosen"]))
        yield f"Weight of meaning chosen on other queries: ndcg_at_10 {checked['ndcg_at_10']:.3f} (chosen: {weights})"
    if latency := told["latency_ms"]:
        yield f"An answer takes {latency['p50']} ms (median), {latency['p95']} ms (95th of 100)."
    for target in told["unresolved_targets"]:
        yield f"Not loaded, so counted as not found: {target}"
