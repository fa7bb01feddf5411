"""Who asks, how to reach them, and the fee. All of it is sealed apart from the request."""

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from parvis.access.answers import Answers, Asker, day_of
from parvis.access.fees import takes_cards
from parvis.access.intake.forms.asked import Day, Question, several_lines
from parvis.access.states import Category, RecordFormat, RequestKind

LANGUAGE_CHOICES = [("en", "English"), ("fr", "Français")]
IDENTITY = [
    ("account", _("By my account, in which I am signed in")),
    ("documents", _("By a document that I attach")),
]
ONLY_COPY = ("is_anonymous",)
ONLY_PERSONAL = ("identity_by", "birth_date", "other_names", "is_representative", "represented", "relation")


class WhoForm(Question):
    """The right to ask, the name, and what one's own information needs besides."""

    has_right = forms.BooleanField(
        label=_("I have the right to ask under this law."),
        error_messages={"required": _("Confirm that you have the right to ask.")},
    )
    is_anonymous = forms.BooleanField(
        label=_("I would like to stay anonymous"),
        help_text=_("A copy of what was released can be had without a name."),
        required=False,
    )
    name = forms.CharField(
        label=_("Your name"),
        help_text=_("First and last name, as the institution writes to you."),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    category = forms.ChoiceField(
        label=_("What kind of requester are you?"),
        help_text=_("For statistics only, without your name. You need not say."),
        choices=[("", _("No answer")), *Category.choices],
        required=False,
    )
    identity_by = forms.ChoiceField(
        label=_("How do you prove who you are?"),
        choices=IDENTITY,
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": _("Choose one of these.")},
    )
    birth_date = Day(
        label=_("Date of birth"),
        help_text=_("Only if it helps to tell you from others of the same name."),
        required=False,
    )
    other_names = forms.CharField(
        label=_("Other names that you bore"),
        help_text=_("Only if the records may stand under another name."),
        max_length=300,
        required=False,
    )
    is_representative = forms.BooleanField(label=_("I act for somebody else"), required=False)
    represented = forms.CharField(
        label=_("Name of the person for whom you act"), max_length=200, required=False
    )
    relation = forms.CharField(
        label=_("By what right you act for them"),
        help_text=_("For example: their lawyer, their parent, their guardian."),
        max_length=200,
        required=False,
    )

    def adjust(self) -> None:
        """Ask only what this kind of request needs."""
        answers = self.situation.answers
        gone = [] if answers.kind == RequestKind.COPY else [*ONLY_COPY]
        if answers.kind == RequestKind.COPY:
            gone.append("has_right")
        if not answers.is_personal:
            gone += ONLY_PERSONAL
        elif not self.situation.is_signed_in:
            field = self.fields["identity_by"]
            if isinstance(field, forms.ChoiceField):
                field.choices = IDENTITY[1:]
        if answers.kind == RequestKind.OTHER:
            gone.append("is_representative")
        for name in gone:
            self.fields.pop(name, None)

    def kept(self, answers: Answers) -> dict[str, Any]:
        """Begin with what was said, else with what the account knows."""
        asker = answers.asker
        usual_proof = "account" if self.situation.is_signed_in else "documents"
        return {
            "has_right": asker.has_right,
            "is_anonymous": asker.is_anonymous,
            "name": asker.name or self.situation.account_name,
            "category": asker.category,
            "identity_by": asker.identity_by or usual_proof,
            "birth_date": day_of(asker.birth_date),
            "other_names": asker.other_names,
            "is_representative": asker.is_representative,
            "represented": asker.represented,
            "relation": asker.relation,
        }

    def clean(self) -> dict[str, Any]:
        """Hold that there is a name, and what proves who one is."""
        said = super().clean() or {}
        if not said.get("is_anonymous") and not said.get("name") and "name" not in self.errors:
            self.add_error("name", _("Give your name."))
        if "identity_by" in self.fields and not said.get("identity_by") and "identity_by" not in self.errors:
            self.add_error("identity_by", _("Say how you prove who you are."))
        acts = said.get("is_representative") or self.situation.answers.kind == RequestKind.OTHER
        if "represented" in self.fields and acts and not said.get("represented"):
            self.add_error("represented", _("Give the name of the person for whom you act."))
        return said

    def answered(self) -> Answers:
        """Keep all of it."""
        return replace(self.situation.answers, asker=self.told(self.situation.answers.asker))

    def told(self, asker: Asker) -> Asker:
        """Return who asks, with what was said here; what this kind does not ask is emptied."""
        said = self.cleaned_data
        is_anonymous, birth = bool(said.get("is_anonymous")), said.get("birth_date")
        return replace(
            asker,
            has_right=bool(said.get("has_right")),
            is_anonymous=is_anonymous,
            name="" if is_anonymous else said.get("name", ""),
            category=said.get("category", ""),
            identity_by=said.get("identity_by", ""),
            birth_date=birth.isoformat() if birth else "",
            other_names=said.get("other_names", ""),
            is_representative=bool(said.get("is_representative")),
            represented=said.get("represented", ""),
            relation=said.get("relation", ""),
        )


class ContactForm(Question):
    """Where the answer can reach them."""

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("The receipt and the private link to your request are sent there."),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={"invalid": _("Enter an e-mail address such as name@example.org.")},
    )
    phone = forms.CharField(
        label=_("Telephone"),
        help_text=_("Only if you would like to be called with questions."),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel"}),
    )
    address = forms.CharField(
        label=_("Postal address"),
        help_text=_("Only if you have no e-mail address, or asked for pages on paper."),
        max_length=500,
        required=False,
        widget=several_lines(3, autocomplete="street-address"),
    )
    language = forms.ChoiceField(
        label=_("In which language would you like to be written to?"),
        choices=LANGUAGE_CHOICES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one."), "invalid_choice": _("Choose one of these.")},
    )

    def kept(self, answers: Answers) -> dict[str, Any]:
        """Begin with what was said, else with what the account knows."""
        asker = answers.asker
        return {
            "email": asker.email or self.situation.account_email,
            "phone": asker.phone,
            "address": asker.address,
            "language": answers.language,
        }

    def clean(self) -> dict[str, Any]:
        """Hold that the answer can reach them."""
        said = super().clean() or {}
        if not said.get("email") and not said.get("address") and "email" not in self.errors:
            self.add_error(
                "email", _("Give an e-mail address, or a postal address, where the answer can reach you.")
            )
        on_paper = self.situation.answers.record_format == RecordFormat.PAPER
        if on_paper and not said.get("address") and "address" not in self.errors:
            self.add_error("address", _("Give the postal address to which the pages are sent."))
        return said

    def answered(self) -> Answers:
        """Keep all of it."""
        return _reached(self.situation.answers, self.cleaned_data)


class MeForm(ContactForm, WhoForm):
    """Who one is and how to reach one, on one page: for one's own file."""

    field_order = ("name", "identity_by", "email", "phone", "address", "language", "has_right")

    def adjust(self) -> None:
        """Leave out what one's own file does not need."""
        WhoForm.adjust(self)
        for name in ("category", "other_names"):
            self.fields.pop(name, None)

    def kept(self, answers: Answers) -> dict[str, Any]:
        """Begin with both."""
        return WhoForm.kept(self, answers) | ContactForm.kept(self, answers)

    def answered(self) -> Answers:
        """Keep both."""
        answers = self.situation.answers
        return _reached(replace(answers, asker=self.told(answers.asker)), self.cleaned_data)


class FeeForm(Question):
    """Whether the fee is paid, or asked to be waived."""

    waive = forms.ChoiceField(
        label=_("How would you like to go on?"),
        choices=[
            ("", _("I pay by card after sending")),
            ("yes", _("I ask the institution to waive the fee")),
        ],
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": _("Choose one of these.")},
    )

    def __init__(self, *words: Any, **named: Any) -> None:
        super().__init__(*words, **named)
        if not all(takes_cards(part.terms.fees) for part in self.situation.paid):
            _first, *others = self.fields["waive"].choices  # type: ignore[attr-defined]  # a ChoiceField has them
            self.fields["waive"].choices = [("", _("I pay after sending")), *others]  # type: ignore[attr-defined]  # as above

    def kept(self, answers: Answers) -> dict[str, Any]:
        """Begin with what was chosen."""
        return {"waive": "yes" if answers.waive else ""}

    def answered(self) -> Answers:
        """Keep the choice."""
        return replace(self.situation.answers, waive=self.cleaned_data["waive"] == "yes")


def _reached(answers: Answers, said: dict[str, Any]) -> Answers:
    asker = replace(answers.asker, email=said["email"], phone=said["phone"], address=said["address"])
    return replace(answers, asker=asker, language=said["language"])
