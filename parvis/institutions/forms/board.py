"""Files of many institutions; renaming, merging, leaving."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from parvis.institutions.spreadsheets import LARGEST


class FileForm(forms.Form):
    """A file that brings many institutions on board."""

    file = forms.FileField(
        label=_("The file"),
        help_text=_("A CSV in UTF-8 or an Excel workbook (.xlsx), 5 megabytes at most."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"}),
        error_messages={"required": _("Choose a file."), "empty": _("This file is empty. Choose another.")},
    )

    def clean_file(self) -> Any:
        """Refuse what is too large before it is read."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("This file has more than 5 megabytes. Divide it."))
        return file


class RenameForm(forms.Form):
    """The new titles, and since when."""

    legal_en = forms.CharField(label=_("Legal title in English"), max_length=300)
    legal_fr = forms.CharField(label=_("Legal title in French"), max_length=300)
    applied_en = forms.CharField(
        label=_("Applied title in English (if it has one)"), max_length=300, required=False
    )
    applied_fr = forms.CharField(
        label=_("Applied title in French (if it has one)"), max_length=300, required=False
    )
    year = forms.IntegerField(label=_("Year in which the new title begins"))

    def __init__(self, *words: Any, **named: Any) -> None:
        super().__init__(*words, **named)
        self.fields["year"].initial = timezone.localdate().year


class MergeForm(forms.Form):
    """Into which institution, and what becomes of the people."""

    into = forms.SlugField(
        label=_("Slug of the successor"),
        help_text=_("The last part of its address here."),
        error_messages={
            "required": _("Give the slug of the successor."),
            "invalid": _("A slug has letters, digits and hyphens only."),
        },
    )
    people = forms.ChoiceField(
        label=_("What becomes of its people?"),
        choices=[
            ("move", _("They take their roles along; the head’s ends.")),
            ("end", _("Their roles end.")),
        ],
        widget=forms.RadioSelect,
        initial="move",
    )
