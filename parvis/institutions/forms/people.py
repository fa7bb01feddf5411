"""Inviting somebody, and ending a role."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from parvis.core.roles import Role
from parvis.institutions.roles import ROLE_DUTIES, ROLE_TITLES

LANGUAGES = [("en", "English"), ("fr", "Français")]


class DayInput(forms.DateInput):
    """A day, as browsers ask for it."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def day_field(**words: Any) -> forms.DateField:
    """Return a field for a day: 2027-03-31."""
    wrong = _("Write the day as year, month and day: 2027-03-31.")
    return forms.DateField(
        widget=DayInput(), input_formats=["%Y-%m-%d"], error_messages={"invalid": wrong}, **words
    )


class InvitationForm(forms.Form):
    """Whom, to which role, from when until when."""

    address = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("The person signs in with this address; the invitation is bound to it."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": _("Enter an e-mail address such as name@example.org."),
            "invalid": _("Enter an e-mail address such as name@example.org."),
        },
    )
    role = forms.ChoiceField(
        label=_("Role"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a role."), "invalid_choice": _("Choose a role from the list.")},
    )
    from_on = day_field(label=_("From"))
    until_on = day_field(
        label=_("Until (last day; leave empty for no end)"),
        required=False,
    )
    language = forms.ChoiceField(label=_("Language of the message"), choices=LANGUAGES)

    def __init__(self, roles: Iterable[Role], *words: Any, **named: Any) -> None:
        super().__init__(*words, **named)
        self.fields["role"].choices = [  # type: ignore[attr-defined]  # a ChoiceField has it
            (str(role), f"{ROLE_TITLES[role]}. {ROLE_DUTIES[role]}") for role in roles
        ]
        self.fields["from_on"].initial = timezone.localdate()

    def clean(self) -> dict[str, Any]:
        """Hold the days together."""
        said = super().clean() or {}
        first, last = said.get("from_on"), said.get("until_on")
        if first and last and last < first:
            self.add_error("until_on", _("The last day comes before the first. Correct one of them."))
        if last and last < timezone.localdate():
            self.add_error("until_on", _("This day is over. Choose one that comes, or leave it empty."))
        return said


class EndForm(forms.Form):
    """Why a role ends, and when."""

    why = forms.CharField(
        label=_("Why does the role end?"),
        max_length=300,
        error_messages={"required": _("Say why the role ends.")},
    )
    on = day_field(
        label=_("Last day (leave empty to end it now)"),
        required=False,
    )
