"""The forms of yearly records: of a service and of a standard. They give columns as the actions take them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from parvis.services import wording
from parvis.services.describing import labels
from parvis.services.forms import values
from parvis.services.forms.values import KIND
from parvis.services.models import ServiceYear, StandardYear
from parvis.services.models.services import ANSWERS, VOLUMES
from parvis.services.queries.services import CHANNELS, POINTS
from parvis.services.values import Reading, fiscal_year
from parvis.services.vocabulary import current_codes, meaning
from parvis.theme import formats
from parvis.theme.page import current_language

if TYPE_CHECKING:
    from parvis.core.bilingual import Language

YEARS_BACK = 15


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: its field, for a number also the choice beside it, and what was said the year before."""

    name: str
    field: forms.BoundField
    choice: forms.BoundField | None = None
    before: str = ""

    @property
    def errors(self) -> Sequence[object]:
        """What is wrong with it."""
        return [*self.field.errors, *(self.choice.errors if self.choice else ())]

    @property
    def label(self) -> str:
        """What is asked."""
        return str(self.field.label)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the form, with its title."""

    id: str
    title: object
    asked: tuple[Asked, ...]


class YearlyForm(forms.Form):
    """What both forms share: readings with their choice, codes with their words, and what differs from the record."""

    READINGS: ClassVar[tuple[str, ...]] = ()
    IN_PERCENT: ClassVar[frozenset[str]] = frozenset()
    ANSWERED: ClassVar[tuple[str, ...]] = ()
    CODES: ClassVar[tuple[str, ...]] = ()
    ONE_CODE: ClassVar[tuple[str, ...]] = ()
    YEARS: ClassVar[tuple[str, ...]] = ()
    TEXTS: ClassVar[tuple[str, ...]] = ()
    PARTS: ClassVar[tuple[tuple[str, Any, tuple[str, ...]], ...]] = ()

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def __init__(
        self, record: ServiceYear | StandardYear, before: Any, typed: QueryDict | None = None
    ) -> None:
        self.record, self.before, self.language = record, before, current_language()
        self.typed = typed
        super().__init__(typed, initial=self._initial())
        called = labels()
        for name in self.READINGS:
            self.fields[name] = values.number_field(called[name])
            self.fields[f"{name}{KIND}"] = values.kind_field(called[name])
        for name in self.ANSWERED:
            self.fields[name] = values.answer_field(called[name])
        for name in self.CODES:
            self.fields[name] = values.codes_field(called[name], self._codes(name, getattr(record, name)))
        for name in self.ONE_CODE:
            kept = getattr(record, name)
            choices = [("", _("Left blank")), *self._codes(name, [kept] if kept else [])]
            self.fields[name] = forms.ChoiceField(label=called[name], choices=choices, required=False)
        for name in self.YEARS:
            self.fields[name] = forms.ChoiceField(
                label=called[name], choices=self._years(getattr(record, name)), required=False
            )
        for name in self.TEXTS:
            language: Language = "fr" if name.endswith("_fr") else "en"
            self.fields[name] = values.text_field(called[name], language, rows=1 if "_name_" in name else 3)

    def _codes(self, column: str, kept: Sequence[str]) -> list[tuple[str, str]]:
        offered = current_codes()[column]
        return [
            (code, meaning(column, code).in_(self.language))
            for code in (*offered, *(one for one in kept if one not in offered))
        ]

    def _years(self, kept: int | None) -> list[tuple[str, Any]]:
        first = self.record.year
        offered = {*range(first - YEARS_BACK, first + 1), *({kept} if kept else ())}
        return [
            ("", _("Left blank")),
            *((str(one), fiscal_year(one)) for one in sorted(offered, reverse=True)),
        ]

    def _initial(self) -> dict[str, Any]:
        found: dict[str, Any] = {"seen": self.record.changed_at.isoformat()}
        for name in self.READINGS:
            reading = getattr(self.record, name)
            found[name] = values.shown_number(reading, in_percent=name in self.IN_PERCENT)
            if self.language == "fr":
                found[name] = found[name].replace(".", ",")
            found[f"{name}{KIND}"] = values.chosen(reading)
        for name in self.ANSWERED:
            found[name] = getattr(self.record, name) or values.BLANK
        for name in self.YEARS:
            found[name] = str(getattr(self.record, name) or "")
        for name in (*self.CODES, *self.ONE_CODE, *self.TEXTS):
            found[name] = getattr(self.record, name)
        return found

    def clean(self) -> dict[str, Any]:
        """Make readings of numbers and choices; what contradicts is told at its number."""
        given = super().clean() or {}
        for name in self.READINGS:
            if name in self.errors or f"{name}{KIND}" in self.errors:
                continue
            try:
                given[name] = values.reading_of(
                    given, name, self.language, in_percent=name in self.IN_PERCENT
                )
            except forms.ValidationError as error:
                self.add_error(name, error)
        return given

    @property
    def changes(self) -> dict[str, Any]:
        """The columns as the form gives them, for the actions; where they say the same as the record, its own."""
        given = self.cleaned_data
        found: dict[str, Any] = {name: given[name] for name in (*self.READINGS, *self.ONE_CODE)}
        found |= {name: given[name].replace(values.BLANK, "") for name in self.ANSWERED}
        found |= {name: int(given[name]) if given[name] else None for name in self.YEARS}
        for name in self.CODES:
            kept = getattr(self.record, name)
            found[name] = kept if set(kept) == set(given[name]) else given[name]
        for name in self.TEXTS:
            kept, text = getattr(self.record, name), given[name].replace("\r\n", "\n").strip()
            found[name] = kept if kept.replace("\r\n", "\n").strip() == text else text
        return found

    @property
    def parts(self) -> Iterator[Part]:
        """The form, part by part."""
        for part, title, names in self.PARTS:
            yield Part(part, title, tuple(self._asked(name) for name in names))

    def _asked(self, name: str) -> Asked:
        choice = self[f"{name}{KIND}"] if name in self.READINGS else None
        return Asked(name, self[name], choice, self._before(name) if choice else "")

    def _before(self, name: str) -> str:
        return "" if self.before is None else self._told(name, getattr(self.before, name))

    def _told(self, name: str, reading: Reading) -> str:
        if name in self.IN_PERCENT and reading.number is not None:
            return formats.percent(float(reading.number), 1, self.language)
        return wording.reading_text(reading, self.language)

    def see_again(self) -> None:
        """Take the record as it stands now for what the person has seen, so that the next save replaces it."""
        self.record.refresh_from_db()
        if self.typed is not None:
            again = self.typed.copy()
            again["seen"] = self.record.changed_at.isoformat()
            self.data = again

    def tell(self, faults: Mapping[str, Any]) -> None:
        """Show at its field what an action refused."""
        for name, said in faults.items():
            self.add_error(name if name in self.fields else None, said)


class ServiceYearForm(YearlyForm):
    """What an institution reports of a service for a year."""

    READINGS = VOLUMES
    ANSWERED = ANSWERS
    CODES = ("service_type", "service_scope", "client_target_groups", "client_feedback_channel")
    ONE_CODE = ("service_recipient_type",)
    YEARS = ("last_service_review", "last_service_improvement")
    TEXTS = (
        *("service_name_en", "service_name_fr", "service_description_en", "service_description_fr"),
        *("service_uri_en", "service_uri_fr"),
        *("os_comments_client_interaction_en", "os_comments_client_interaction_fr"),
        *("automated_decision_system_description_en", "automated_decision_system_description_fr"),
        *("special_remarks_en", "special_remarks_fr"),
    )
    PARTS = (
        ("volumes", _("How many used it, by channel"), CHANNELS),
        (
            "online",
            _("What can be done online"),
            (*POINTS, "os_comments_client_interaction_en", "os_comments_client_interaction_fr"),
        ),
        (
            "improving",
            _("Listening and improving"),
            ("client_feedback_channel", "last_service_review", "last_service_improvement"),
        ),
        (
            "about",
            _("What it is"),
            (
                *("service_name_en", "service_name_fr", "service_description_en", "service_description_fr"),
                *("service_type", "service_recipient_type", "service_scope", "client_target_groups"),
                *("service_fee", "service_uri_en", "service_uri_fr"),
            ),
        ),
        (
            "deciding",
            _("Decisions and identifiers"),
            (
                *("automated_decision_system", "automated_decision_system_description_en"),
                *("automated_decision_system_description_fr", "sin_usage", "cra_bn_identifier_usage"),
            ),
        ),
        ("remarks", _("Remarks"), ("special_remarks_en", "special_remarks_fr")),
    )


class StandardYearForm(YearlyForm):
    """What an institution reports of a standard for a year. The target is asked in per cent."""

    READINGS = ("target", "volume_meeting_target", "total_volume")
    IN_PERCENT = frozenset({"target"})
    CODES = ("type",)
    ONE_CODE = ("channel",)
    TEXTS = (
        *("service_standard_en", "service_standard_fr", "comments_en", "comments_fr"),
        *("standards_targets_uri_en", "standards_targets_uri_fr"),
        *("performance_results_uri_en", "performance_results_uri_fr"),
    )
    PARTS = (
        ("result", _("Target and result"), ("target", "total_volume", "volume_meeting_target")),
        ("about", _("The promise"), ("service_standard_en", "service_standard_fr", "type", "channel")),
        ("remarks", _("Remarks"), ("comments_en", "comments_fr")),
        (
            "addresses",
            _("Where it is published"),
            (
                *("standards_targets_uri_en", "standards_targets_uri_fr"),
                *("performance_results_uri_en", "performance_results_uri_fr"),
            ),
        ),
    )
