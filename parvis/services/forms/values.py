"""Reading what a person types: numbers in either language's form, and the choice that says why there is none."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from parvis.core.bilingual import Language
from parvis.services.values import WITHOUT_NUMBER, Answer, Kind, Reading, plain

LONGEST_NUMBER = 25
LONGEST_TEXT = 8000
KIND = "_kind"  # what the choice beside a number is called: the column's name and this
BLANK = "blank"  # an empty value would read as no choice at all
CHOICES = (
    (Kind.NUMBER.value, _("A number (zero too)")),
    (Kind.NOT_APPLICABLE.value, _("Does not apply")),
    (Kind.NO_DATA.value, _("Not collected")),
    (BLANK, _("Left blank")),
)
ANSWERS = (
    (Answer.YES.value, _("Yes")),
    (Answer.NO.value, _("No")),
    (Answer.NOT_APPLICABLE.value, _("Does not apply")),
    (Answer.NO_DATA.value, _("Not collected")),
    (BLANK, _("Left blank")),
)
_SPACES = re.compile(r"[\s\u00a0\u202f]+")
_GROUPED = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?")


def read_number(text: str, language: Language) -> Decimal:
    """Return the number that a person of this language means: 1,238.5, 1 238,5 and 1238.5 alike. Raises ValueError."""
    written = _SPACES.sub("", text).removesuffix("%").removesuffix("$").removeprefix("$")
    if language == "en" and _GROUPED.fullmatch(written):
        written = written.replace(",", "")
    try:
        number = Decimal(written.replace(",", "."))
    except InvalidOperation:
        raise ValueError(text) from None
    if not number.is_finite():
        raise ValueError(text)
    return number


def number_field(label: Any) -> forms.CharField:
    """Return the field of a number."""
    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    return forms.CharField(label=label, required=False, max_length=LONGEST_NUMBER, widget=widget)


def kind_field(label: Any) -> forms.ChoiceField:
    """Return the field that says what stands in the place of a number."""
    return forms.ChoiceField(label=label, choices=CHOICES, widget=forms.RadioSelect)


def answer_field(label: Any) -> forms.ChoiceField:
    """Return the field of a yes-or-no question, which has three more answers."""
    return forms.ChoiceField(label=label, choices=ANSWERS, widget=forms.RadioSelect)


def codes_field(label: Any, choices: Iterable[tuple[str, str]]) -> forms.MultipleChoiceField:
    """Return the field of a list of codes."""
    return forms.MultipleChoiceField(
        label=label, choices=list(choices), required=False, widget=forms.CheckboxSelectMultiple
    )


def text_field(label: Any, language: Language, *, rows: int = 2) -> forms.CharField:
    """Return the field of a text in one language."""
    widget = forms.Textarea(attrs={"lang": f"{language}-CA", "rows": rows})
    return forms.CharField(label=label, required=False, max_length=LONGEST_TEXT, widget=widget)


def shown_number(reading: Reading, *, in_percent: bool) -> str:
    """Return what stands in the field of a number."""
    if reading.number is None:
        return ""
    return plain(Decimal(reading.number) * 100 if in_percent else reading.number)


def chosen(reading: Reading) -> str:
    """Return which choice is made."""
    return reading.kind.value or BLANK


def reading_of(given: Mapping[str, Any], name: str, language: Language, *, in_percent: bool) -> Reading:
    """Return the reading that number and choice make together. Raises ValidationError where they contradict."""
    typed, kind = given.get(name, "").strip(), given.get(f"{name}{KIND}", "")
    if kind != Kind.NUMBER.value:
        if typed:
            raise forms.ValidationError(
                _(
                    "A number is typed, and the choice says that there is none. Empty the number, or choose it."
                )
            )
        return WITHOUT_NUMBER[Kind("" if kind == BLANK else kind)]
    if not typed:
        raise forms.ValidationError(_("Type the number, zero too, or choose why there is none."))
    try:
        number = read_number(typed, language)
    except ValueError:
        raise forms.ValidationError(_("This is no number. Write it in digits, such as 1250.")) from None
    if in_percent:
        return Reading.of(number / 100)
    return Reading.of(int(number) if number == int(number) else number)
