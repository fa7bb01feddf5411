"""The questions of each section. What may be answered is held by `answers.py`, for pages and files alike."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from parvis.institutions import answers
from parvis.institutions.checklist import Section
from parvis.institutions.models import Institution
from parvis.institutions.states import Channel, FeeChoice, FeeMeans
from parvis.law import Pack
from parvis.theme.page import current_language

CHOOSE = {"required": _("Choose at least one.")}
COLOUR = r"^#[0-9a-fA-F]{6}$"


class ContactForm(forms.Form):
    """How people reach the access office."""

    access_email = forms.EmailField(
        label=answers.FIELD_TITLES["access_email"],
        help_text=_("An address of the office, not of one person. It is public, and the test writes to it."),
        widget=forms.EmailInput(attrs={"spellcheck": "false"}),
        error_messages={
            "required": _("Enter the e-mail address of the access office."),
            "invalid": _("Enter an e-mail address such as name@example.org."),
        },
    )
    access_phone = forms.CharField(label=answers.FIELD_TITLES["access_phone"], max_length=60, required=False)
    access_url_en = forms.URLField(
        label=answers.FIELD_TITLES["access_url_en"], max_length=300, required=False, assume_scheme="https"
    )
    access_url_fr = forms.URLField(
        label=answers.FIELD_TITLES["access_url_fr"], max_length=300, required=False, assume_scheme="https"
    )
    access_address_en = forms.CharField(
        label=answers.FIELD_TITLES["access_address_en"],
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
        required=False,
    )
    access_address_fr = forms.CharField(
        label=answers.FIELD_TITLES["access_address_fr"],
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
        required=False,
    )


class StatutesForm(forms.Form):
    """The statutes under which it answers."""

    regimes = forms.MultipleChoiceField(
        label=_("Under which statutes does it answer requests?"),
        help_text=_("The law pack of each, in force today, will work out its due dates."),
        widget=forms.CheckboxSelectMultiple,
        error_messages=CHOOSE,
    )

    def __init__(self, packs: tuple[Pack, ...], *words: Any, **named: Any) -> None:
        super().__init__(*words, **named)
        language = current_language()
        self.fields["regimes"].choices = [  # type: ignore[attr-defined]  # a MultipleChoiceField has it
            (pack.regime, pack.statute.shown(language).text) for pack in packs
        ]


class LanguagesForm(forms.Form):
    """The languages in which it works. Pages are in both whatever it answers."""

    languages = forms.MultipleChoiceField(
        label=_("In which languages does the access office work?"),
        help_text=_("Its pages here are in both. Letters and messages follow the requester."),
        choices=[("en", _("English")), ("fr", _("French"))],
        widget=forms.CheckboxSelectMultiple,
        error_messages=CHOOSE,
    )


class FeesForm(forms.Form):
    """Which fees it asks for, and how it takes them."""

    fee_choice = forms.ChoiceField(
        label=_("Which fees does it ask for?"),
        choices=FeeChoice.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )
    fee_amount = forms.DecimalField(
        label=answers.FIELD_TITLES["fee_amount"],
        help_text=_("Only where it is less than the statute provides: 2.50."),
        max_digits=8,
        decimal_places=2,
        required=False,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages={"invalid": _("Write an amount in digits: 2.50.")},
    )
    fee_means = forms.MultipleChoiceField(
        label=answers.FIELD_TITLES["fee_means"],
        help_text=_("Cards are taken where this site has a provider of payments."),
        choices=FeeMeans.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    fee_note_en = forms.CharField(
        label=answers.FIELD_TITLES["fee_note_en"],
        help_text=_("To whose order a cheque is, where it is sent, when the office is open."),
        widget=forms.Textarea(attrs={"rows": 3, "lang": "en"}),
        max_length=600,
        required=False,
    )
    fee_note_fr = forms.CharField(
        label=answers.FIELD_TITLES["fee_note_fr"],
        widget=forms.Textarea(attrs={"rows": 3, "lang": "fr"}),
        max_length=600,
        required=False,
    )


class ChannelsForm(forms.Form):
    """How requests reach it."""

    channels = forms.MultipleChoiceField(
        label=_("How do requests reach it?"),
        choices=Channel.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages=CHOOSE,
    )
    system_url = forms.URLField(
        label=answers.FIELD_TITLES["system_url"],
        help_text=_("Only where it has a system of its own."),
        max_length=300,
        required=False,
        assume_scheme="https",
    )


class DelegationForm(forms.Form):
    """Whether anything is delegated."""

    is_head_deciding = forms.BooleanField(
        label=answers.FIELD_TITLES["is_head_deciding"],
        help_text=_("For an institution in which the head decides every request."),
        required=False,
    )


class WordingForm(forms.Form):
    """The welcome in both languages, and its colours."""

    welcome_en = forms.CharField(
        label=answers.FIELD_TITLES["welcome_en"],
        widget=forms.Textarea(attrs={"rows": 4, "lang": "en"}),
        max_length=1000,
        error_messages={"required": _("Write the welcome in English.")},
    )
    welcome_fr = forms.CharField(
        label=answers.FIELD_TITLES["welcome_fr"],
        widget=forms.Textarea(attrs={"rows": 4, "lang": "fr"}),
        max_length=1000,
        error_messages={"required": _("Write the welcome in French.")},
    )
    colour_primary = forms.RegexField(
        COLOUR,
        label=answers.FIELD_TITLES["colour_primary"],
        help_text=_("As #26374a; leave it empty to keep the colour of the site. White text stands on it."),
        required=False,
        error_messages={"invalid": _("Write a colour as # and six digits or letters a to f: #26374a.")},
    )
    colour_accent = forms.RegexField(
        COLOUR,
        label=answers.FIELD_TITLES["colour_accent"],
        help_text=_("It marks edges. Leave it empty to keep the colour of the site."),
        required=False,
        error_messages={"invalid": _("Write a colour as # and six digits or letters a to f: #26374a.")},
    )

    def clean(self) -> dict[str, Any]:
        """Write colours as they are kept."""
        said = super().clean() or {}
        return {name: value.lower() if name.startswith("colour") else value for name, value in said.items()}


FORMS: Mapping[Section, type[forms.Form]] = {
    Section.CONTACT: ContactForm,
    Section.LANGUAGES: LanguagesForm,
    Section.FEES: FeesForm,
    Section.CHANNELS: ChannelsForm,
    Section.DELEGATION: DelegationForm,
    Section.WORDING: WordingForm,
}


def section_form(
    section: Section, institution: Institution, on: Any, *words: Any, **named: Any
) -> forms.Form:
    """Return the form of a section, which asks for the statutes of the institution's own jurisdiction."""
    if section is Section.STATUTES:
        return StatutesForm(answers.regimes_for(institution, on), *words, **named)
    return FORMS[section](*words, **named)


class WhyForm(forms.Form):
    """Why an institution pauses or leaves."""

    why = forms.CharField(label=_("Why?"), max_length=300, error_messages={"required": _("Say why.")})
