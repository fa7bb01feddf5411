"""How figures and readings are written for people, in either language."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from parvis.core.bilingual import Language
from parvis.services.indicators.evaluator import Alternative, Result
from parvis.services.indicators.model import Amount, Direction, Indicator, Of
from parvis.services.indicators.reading import register
from parvis.services.values import Answer, Kind, Reading
from parvis.theme import formats

NO_BREAK = "\u00a0"
DECIMALS_BELOW = 100
MILLION = 1_000_000


def rounded(value: float) -> float:
    """Return a number as it is written: whole where it is whole or large, else with one decimal."""
    is_whole = abs(value) >= DECIMALS_BELOW or value == round(value)
    return round(value) if is_whole else round(value, 1)


def amount(value: float, language: Language) -> str:
    """Write a number: whole where it is whole or large, else with one decimal."""
    return formats.number(rounded(value), language)


def is_one(value: float, language: Language) -> bool:
    """Whether what a number counts is in the singular: in English of 1, in French of all below 2."""
    return abs(rounded(value)) < 2 if language == "fr" else abs(rounded(value)) == 1  # noqa: PLR2004  # the grammar


@dataclass(frozen=True, slots=True)
class Forms:
    """A number in a sentence of the register: `{x}` writes it, `{x:one|many}` the words that agree with it."""

    written: str
    is_one: bool

    def __format__(self, forms: str) -> str:
        """Write the number, or the form that agrees with it. Raises ValueError unless there are two."""
        if not forms:
            return self.written
        one, many = forms.split("|")
        return one if self.is_one else many


def sentence(pattern: str, numerator: float, denominator: float | None, language: Language) -> str:
    """Fill a sentence of the register with its numbers, in the forms that agree with them.

    `{verb:is|are}` agrees with what is counted; where one is all there is, with that one.
    """
    parts = {
        name: Forms(amount(value, language), is_one(value, language))
        for name, value in (("numerator", numerator), ("denominator", denominator or 0))
    }
    agrees = parts["numerator"].is_one or (denominator is not None and parts["denominator"].is_one)
    return pattern.format(**parts, verb=Forms("", agrees))


def unit(indicator: Indicator, value: float, language: Language) -> str:
    """Say what a value counts, in the form that agrees with it."""
    return (indicator.unit_of_one if is_one(value, language) else indicator.unit).in_(language)


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
    return sentence(version.told.in_(language), result.numerator, result.denominator, language)


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
        number = 1 if is_one(points, language) else 2
        text = (
            ngettext("%(size)s point up since %(year)s", "%(size)s points up since %(year)s", number)
            if points > 0
            else ngettext("%(size)s point down since %(year)s", "%(size)s points down since %(year)s", number)
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
