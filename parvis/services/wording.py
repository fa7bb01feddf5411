"""How figures and readings are written for people, in either language."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from parvis.core.bilingual import Language
from parvis.services.indicators.evaluator import Alternative, Result
from parvis.services.indicators.model import Amount, Direction, Indicator, Of
from parvis.services.indicators.reading import register
from parvis.services.values import Answer, Kind, Reading
from parvis.theme import formats

NO_BREAK = "\u00a0"
DECIMALS_BELOW = 100
MILLION = 1_000_000


def amount(value: float, language: Language) -> str:
    """Write a number: whole where it is whole or large, else with one decimal."""
    is_whole = abs(value) >= DECIMALS_BELOW or value == round(value)
    return formats.number(round(value) if is_whole else round(value, 1), language)


def value_of(indicator: Indicator, value: float | None, language: Language) -> str:
    """Write a figure's value with its unit: 73.6%, 1,596, $4.20. Empty where nothing was measured."""
    if value is None:
        return ""
    if indicator.kind is Amount.SHARE:
        return formats.percent(value, 1, language) or formats.percent(0, 1, language)
    if indicator.kind is Amount.MEAN:
        written = formats.number(round(value, 2), language)
        return f"{written}{NO_BREAK}$" if language == "fr" else f"${written}"
    return amount(value, language)


def told(indicator: Indicator, result: Result, language: Language) -> str:
    """Say a figure in a sentence, with its numbers."""
    version = indicator.version_in(result.year)
    if version is None:
        return ""
    denominator = amount(result.denominator, language) if result.denominator is not None else ""
    return version.told.in_(language).format(
        numerator=amount(result.numerator, language), denominator=denominator
    )


def alternative_value(indicator: Indicator, other: Alternative, language: Language) -> str:
    """Write what a figure would be under another denominator."""
    return value_of(indicator, other.value, language)


@dataclass(frozen=True, slots=True)
class Move:
    """How a figure moved since another year: `kind` is better, worse, or same where no way is better."""

    text: str
    kind: str


def move(indicator: Indicator, before: Result | None, after: Result, language: Language) -> Move | None:
    """Say how a figure moved; None where there is nothing to hold it against, or its definition is another."""
    if before is None or before.value is None or after.value is None or before.version != after.version:
        return None
    if indicator.kind is Amount.SHARE:
        points = round(after.value * 100, 1) - round(before.value * 100, 1)
        size = formats.number(round(abs(points), 1), language)
        text = (
            _("%(size)s points up since %(year)s") if points > 0 else _("%(size)s points down since %(year)s")
        )
    else:
        points = after.value - before.value
        size = amount(abs(points), language)
        text = _("%(size)s more than in %(year)s") if points > 0 else _("%(size)s fewer than in %(year)s")
    if not round(points, 2):
        return Move(_("as in %(year)s") % {"year": before.year}, "same")
    said = text % {"size": size, "year": before.year}
    if indicator.direction is Direction.NONE:
        return Move(said, "same")
    return Move(said, "better" if (points > 0) == (indicator.direction is Direction.UP) else "worse")


def gap_name(kind: Kind, *, of: Of = Of.SERVICES) -> str:
    """Say in words why there is no value: of a standard, that its result could not be held against a target."""
    if kind is Kind.NOT_APPLICABLE:
        return _("Not assessed") if of is Of.STANDARDS else _("Does not apply")
    if kind is Kind.NO_DATA:
        return _("Not collected")
    return _("Left blank")


def reading_text(reading: Reading, language: Language) -> str:
    """Write a reading: its number, or in words why there is none."""
    return (
        gap_name(reading.kind) if reading.number is None else formats.number(float(reading.number), language)
    )


def answer_text(answer: str) -> str:
    """Write a yes-or-no answer in words."""
    if answer == Answer.YES:
        return _("Yes")
    if answer == Answer.NO:
        return _("No")
    return gap_name(Kind(answer) if answer else Kind.BLANK)


def indicator_of(name: str) -> Indicator | None:
    """Return an indicator of the register."""
    return register().indicators.get(name)
