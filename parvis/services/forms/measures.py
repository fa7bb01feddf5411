"""The form of the three measures that some departments have of a service."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from parvis.core.bilingual import Text
from parvis.services.actions import GivenMeasure
from parvis.services.forms import values
from parvis.services.models import Measure
from parvis.services.states import MeasureKind
from parvis.services.values import plain
from parvis.theme.page import current_language

QUESTIONS: Mapping[MeasureKind, tuple[Any, Any]] = {
    MeasureKind.SATISFACTION: (_("How satisfied clients were, in per cent"), _("How many answered")),
    MeasureKind.COMPLETION: (
        _("How many of the transactions started were completed, in per cent"),
        _("How many were started"),
    ),
    MeasureKind.COST_PER_TRANSACTION: (_("Dollars for each transaction"), _("How many transactions")),
}
PARTS_OF_ONE = frozenset({MeasureKind.SATISFACTION, MeasureKind.COMPLETION})


@dataclass(frozen=True, slots=True)
class MeasurePart:
    """The fields of one measure."""

    kind: MeasureKind
    value: forms.BoundField
    size: forms.BoundField
    source_en: forms.BoundField
    source_fr: forms.BoundField

    @property
    def fields(self) -> tuple[forms.BoundField, ...]:
        """All its fields, in their order."""
        return self.value, self.size, self.source_en, self.source_fr


class MeasuresForm(forms.Form):
    """Three measures; an empty value says that there is none."""

    def __init__(self, kept: Mapping[str, Measure], typed: QueryDict | None = None) -> None:
        self.language = current_language()
        super().__init__(typed, initial=self._initial(kept))
        for kind, (value, size) in QUESTIONS.items():
            self.fields[f"{kind}_value"] = values.number_field(value)
            self.fields[f"{kind}_size"] = values.number_field(size)
            for one, label in (
                ("en", _("Where it is from, in English")),
                ("fr", _("Where it is from, in French")),
            ):
                self.fields[f"{kind}_source_{one}"] = values.text_field(label, one, rows=1)  # type: ignore[arg-type]  # both are languages

    def _initial(self, kept: Mapping[str, Measure]) -> dict[str, str]:
        found: dict[str, str] = {}
        for kind, one in kept.items():
            value = one.value * 100 if kind in PARTS_OF_ONE else one.value
            written = plain(Decimal(value))
            found[f"{kind}_value"] = written.replace(".", ",") if self.language == "fr" else written
            found[f"{kind}_size"] = "" if one.sample_size is None else str(one.sample_size)
            found[f"{kind}_source_en"], found[f"{kind}_source_fr"] = one.source_en, one.source_fr
        return found

    def clean(self) -> dict[str, Any]:
        """Read the numbers; a value needs to say of how many it is, and from where, in both languages."""
        given = super().clean() or {}
        for kind in QUESTIONS:
            value, size = (self._number(given, f"{kind}_{part}") for part in ("value", "size"))
            if value is None:
                if any(given.get(f"{kind}_{part}") for part in ("size", "source_en", "source_fr")):
                    self.add_error(
                        f"{kind}_value",
                        _("Give the value, or empty the rest: without a value there is no measure."),
                    )
                continue
            if size is None and f"{kind}_size" not in self.errors:
                self.add_error(
                    f"{kind}_size", _("Say of how many it is: a figure over several services weighs by it.")
                )
            elif size is not None and size != int(size):
                self.add_error(f"{kind}_size", _("This is a whole number."))
            for one in ("en", "fr"):
                if not given.get(f"{kind}_source_{one}", "").strip():
                    self.add_error(
                        f"{kind}_source_{one}", _("Say where it is from, such as a survey and its month.")
                    )
            given[f"{kind}_value"], given[f"{kind}_size"] = value, size
        return given

    def _number(self, given: Mapping[str, Any], name: str) -> Decimal | None:
        text = given.get(name, "").strip()
        if not text:
            return None
        try:
            return values.read_number(text, self.language)
        except ValueError:
            self.add_error(name, _("This is no number. Write it in digits, such as 1250."))
            return None

    @property
    def given(self) -> dict[MeasureKind, GivenMeasure | None]:
        """What is given of each kind; None where there is none."""
        found: dict[MeasureKind, GivenMeasure | None] = {}
        for kind in QUESTIONS:
            value = self.cleaned_data.get(f"{kind}_value")
            found[kind] = (
                GivenMeasure(
                    kind=kind,
                    value=value / 100 if kind in PARTS_OF_ONE else value,
                    sample_size=int(self.cleaned_data[f"{kind}_size"]),
                    source=Text(
                        self.cleaned_data[f"{kind}_source_en"].strip(),
                        self.cleaned_data[f"{kind}_source_fr"].strip(),
                    ),
                )
                if isinstance(value, Decimal)
                else None
            )
        return found

    @property
    def parts(self) -> Iterator[MeasurePart]:
        """The form, measure by measure."""
        for kind in QUESTIONS:
            yield MeasurePart(
                kind, *(self[f"{kind}_{part}"] for part in ("value", "size", "source_en", "source_fr"))
            )
