"""Numbers and dates as each language writes them: 1,238 and 1 238; 73.6% and 73,6 %; March 1, 2024, 1er mars 2024."""

from datetime import date, datetime, timedelta

from babel.dates import format_date as babel_date
from babel.dates import format_time as babel_time
from babel.dates import format_timedelta
from babel.numbers import format_decimal
from django.utils import timezone

from parvis.core.bilingual import Language

LOCALES = {"en": "en_CA", "fr": "fr_CA"}
NO_BREAK = "\u00a0"


def number(value: float, language: Language) -> str:
    """Return a number with its groups of three, held together by a non-breaking space in French."""
    written: str = format_decimal(value, locale=LOCALES[language])
    return written.replace("\u202f", NO_BREAK)


def percent(part: float, whole: float, language: Language) -> str:
    """Return `part` over `whole` as a percentage with one decimal; empty when there is nothing to divide by."""
    if not whole:
        return ""
    written: str = format_decimal(round(part / whole * 100, 1), format="#,##0.#", locale=LOCALES[language])
    return f"{written}{NO_BREAK}%" if language == "fr" else f"{written}%"


def day(value: date, language: Language) -> str:
    """Return a day in words: "March 1, 2024", "1er mars 2024"."""
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    if language == "fr":
        first = "1er" if value.day == 1 else str(value.day)
        return f"{first}{NO_BREAK}{babel_date(value, 'MMMM y', locale='fr_CA')}"
    return str(babel_date(value, "MMMM d, y", locale="en_CA"))


def month(year: int, month_number: int, language: Language) -> str:
    """Return a month in words: "March 2024", "mars 2024"."""
    return str(babel_date(date(year, month_number, 1), "MMMM y", locale=LOCALES[language]))


def moment(value: datetime, language: Language) -> str:
    """Return a day with its time: "March 1, 2024, 14:05", "1er mars 2024, 14 h 05"."""
    local = timezone.localtime(value)
    if language == "fr":
        return f"{day(local, language)}, {local.hour}{NO_BREAK}h{NO_BREAK}{local.minute:02}"
    return f"{day(local, language)}, {babel_time(local, 'HH:mm', locale='en_CA')}"


def span(seconds: float, language: Language) -> str:
    """Return a length of time in words, in its largest unit: "3 minutes", "2 heures"."""
    written: str = format_timedelta(timedelta(seconds=round(seconds)), locale=LOCALES[language])
    return written.replace(" ", NO_BREAK)
