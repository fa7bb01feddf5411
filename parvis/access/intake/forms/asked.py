"""What every question has: it begins with what was answered, and gives its answers back."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from parvis.access.answers import Answers
from parvis.access.intake.situation import Situation

LONGEST_TYPED = 20_000  # characters of one field that are kept while it cannot be taken


class Question(forms.Form):
    """One page of the journey. `kept()` is what it begins with, `answered()` the answers with its own in them."""

    def __init__(self, data: Any = None, *, situation: Situation, **named: Any) -> None:
        self.situation = situation
        super().__init__(data, initial=self.kept(situation.answers), **named)
        self.adjust()

    def kept(self, answers: Answers) -> dict[str, Any]:  # noqa: ARG002  # each question reads its own
        """Return what the fields begin with."""
        return {}

    def adjust(self) -> None:
        """Fit the fields to the situation."""

    def answered(self) -> Answers:
        """Return the answers with those of this question. Called after it held together."""
        return self.situation.answers

    def typed(self) -> dict[str, list[str]]:
        """Return what was typed, as it was typed."""
        values = {}
        for name in self.fields:
            listed = self.data.getlist(name) if hasattr(self.data, "getlist") else self.data.get(name, [])
            values[name] = [str(one)[:LONGEST_TYPED] for one in listed][:50]
        return values


class Day(forms.DateField):
    """A day, typed as browsers write it or as 2026-05-29."""

    def __init__(self, **named: Any) -> None:
        wrong = {"invalid": _("Enter a day as year, month and day: 2026-05-29.")}
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(input_formats=["%Y-%m-%d"], widget=widget, error_messages=wrong, **named)


def several_lines(rows: int = 3, **more: str) -> forms.Textarea:
    """Return a field for several lines."""
    return forms.Textarea(attrs={"rows": rows, **more})
