"""What people enter, and what they are told when it cannot be so."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from parvis.accounts.models.codes import DIGITS

SIX, TEN = 6, 10
WRONG_ADDRESS = _("Enter an e-mail address such as name@example.org.")


class AddressField(forms.EmailField):
    """An e-mail address."""

    def __init__(self, **words: Any) -> None:
        super().__init__(
            max_length=254,
            widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
            error_messages={"required": WRONG_ADDRESS, "invalid": WRONG_ADDRESS},
            **words,
        )

    def clean(self, value: Any) -> str:
        """Return the address as accounts have it: without capitals."""
        return str(super().clean(value)).lower()


class DigitsField(forms.CharField):
    """A code of digits; spaces and hyphens are for the eye."""

    def __init__(self, digits: int, **words: Any) -> None:
        self.digits = digits
        super().__init__(
            max_length=40,
            widget=forms.TextInput(
                attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "class": "code"}
            ),
            **words,
        )

    def clean(self, value: Any) -> str:
        """Return the digits alone."""
        typed = "".join(sign for sign in str(value or "") if not sign.isspace() and sign not in "-–.")
        if len(typed) != self.digits or not (typed.isascii() and typed.isdigit()):
            raise forms.ValidationError(
                _("The code has %(digits)d digits. Enter them all."), params={"digits": self.digits}
            )
        return typed


class AddressForm(forms.Form):
    """An address to which a code is sent."""

    address = AddressField(label=_("E-mail address"))


class CodeForm(forms.Form):
    """The code that was mailed."""

    code = DigitsField(DIGITS, label=_("Code"), help_text=_("8 digits, from the message."))


class AppCodeForm(forms.Form):
    """The code that an authenticator app shows now."""

    code = DigitsField(SIX, label=_("Code from your authenticator app"), help_text=_("6 digits."))


class RecoveryCodeForm(forms.Form):
    """One of the recovery codes."""

    recovery_code = DigitsField(TEN, label=_("Recovery code"), help_text=_("10 digits; each works once."))


class AppForm(AppCodeForm):
    """An app that is being added: its secret comes back, signed, with the first code."""

    secret = forms.CharField(max_length=500, widget=forms.HiddenInput)


class PasskeyForm(forms.Form):
    """What the browser answers, written by the script of the page."""

    answer = forms.CharField(max_length=20_000, widget=forms.HiddenInput)


class NewPasskeyForm(PasskeyForm):
    """A passkey that is being added, and how its owner calls it."""

    name = forms.CharField(
        max_length=60,
        label=_("What do you want to call it?"),
        help_text=_("So that you know it again: “laptop”, “blue key”."),
        error_messages={"required": _("Give the passkey a name, such as “laptop”.")},
    )


class ProfileForm(forms.Form):
    """What a person says of themselves."""

    name = forms.CharField(
        max_length=200,
        required=False,
        label=_("Name"),
        help_text=_("As others are to see it where you work together. It may stay empty."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(
        choices=[("en", "English"), ("fr", "Français")],
        label=_("Preferred language"),
        help_text=_("In which this site writes to you, and shows itself after you sign in."),
    )
