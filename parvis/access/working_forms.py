"""What officers write on the pages of a case."""

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from parvis.access.answers import Requested, day_of
from parvis.access.queries.blockers import LONGEST_TEXT
from parvis.access.states import PaidBy, Relation

LONGEST_WHY = 300
FIRST_YEAR = 1000  # what lies before is a slip of the hand


def _why(label: object, hint: object, required: object) -> forms.CharField:
    """Return a field for a reason."""
    return forms.CharField(
        label=label,  # type: ignore[arg-type]  # words in either language
        help_text=hint,  # type: ignore[arg-type]  # as above
        max_length=LONGEST_WHY,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        error_messages={
            "required": required,  # type: ignore[dict-item]  # as above
            "max_length": _("This reason is too long. Say it in %(limit_value)d characters."),
        },
    )


def _day(label: object) -> forms.DateField:
    return forms.DateField(
        label=label,  # type: ignore[arg-type]  # words in either language
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": _("Enter a day as year, month and day: 2026-05-29.")},
    )


class ClarifyForm(forms.Form):
    """A clearer text, as it was agreed with the requester."""

    text = forms.CharField(
        label=_("What is asked for"),
        help_text=_("As it was agreed with the requester. The first text stays as it was written."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "true", "autocomplete": "off"}),
        error_messages={
            "required": _("Write what is asked for."),
            "max_length": _("Your text is too long. Leave only what says what you are looking for."),
        },
    )
    period_from = _day(_("From"))
    period_to = _day(_("To"))
    keywords = forms.CharField(label=_("Words that the records likely hold"), max_length=500, required=False)
    places = forms.CharField(label=_("Places"), max_length=500, required=False)
    why = _why(
        _("Why does the text change?"),
        _("How and when it was agreed: by telephone on May 29. Name nobody."),
        _("Say why the text changes."),
    )

    def __init__(self, data: Any = None, *, requested: Requested) -> None:
        self.requested = requested
        initial = {
            "text": requested.text,
            "period_from": day_of(requested.period_from),
            "period_to": day_of(requested.period_to),
            "keywords": requested.keywords,
            "places": requested.places,
        }
        super().__init__(data, initial=initial)

    def clean(self) -> dict[str, Any]:
        """Hold that something changes, and that a period ends after it begins."""
        said = super().clean() or {}
        begins, ends = said.get("period_from"), said.get("period_to")
        for name, day in (("period_from", begins), ("period_to", ends)):
            if day and day.year < FIRST_YEAR:
                self.add_error(name, _("Enter the year with four digits."))
        if begins and ends and begins > ends:
            self.add_error("period_to", _("The period ends before it begins. Correct one of the two days."))
        if not self.errors and self.clarified() == self.requested:
            self.add_error("text", _("Nothing has changed yet. Write what was agreed."))
        return said

    def clarified(self) -> Requested:
        """Return what is asked for, as it was written here."""
        said = self.cleaned_data
        begins, ends = said["period_from"], said["period_to"]
        return replace(
            self.requested,
            text=said["text"],
            period_from=begins.isoformat() if begins else "",
            period_to=ends.isoformat() if ends else "",
            keywords=said["keywords"],
            places=said["places"],
        )


class LinkForm(forms.Form):
    """To which request, and how they go together."""

    number = forms.CharField(
        label=_("Number of the other request"),
        help_text=_("As it stands at the head of its page."),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Enter the number of the other request.")},
    )
    relation = forms.ChoiceField(
        label=_("How do they go together?"),
        choices=[
            (Relation.SIMILAR.value, _("They are alike")),
            (Relation.FOLLOWS.value, _("This one follows from the other")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one."), "invalid_choice": _("Choose one of these.")},
    )


class HoldForm(forms.Form):
    """Why a request is to be kept."""

    why = _why(
        _("Why is this request to be kept?"),
        _("A court file, a complaint, an investigation. Name nobody."),
        _("Say why this request is to be kept."),
    )


class FeeCameForm(forms.Form):
    """On which day a fee came, and how."""

    paid_on = forms.DateField(
        label=_("On which day did the fee come?"),
        help_text=_("The time to answer runs from this day."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Enter the day on which the fee came."),
            "invalid": _("Enter a day such as 2026-03-31."),
        },
    )
    by = forms.ChoiceField(
        label=_("How did it come?"),
        choices=PaidBy.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of these.")},
    )
