"""What one writes before asking."""

from django import forms
from django.utils.translation import gettext_lazy as _

from parvis.institutions import queries as institutions
from parvis.recommend.queries import LEAST_TEXT, LONGEST_TEXT
from parvis.theme.page import current_language


class DraftForm(forms.Form):
    """A text, and the institution that one would ask, where one knows it."""

    text = forms.CharField(
        label=_("What would you like to know?"),
        help_text=_(
            "A sentence is enough; a whole draft of your request does as well. Leave out what is personal."
        ),
        min_length=LEAST_TEXT,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "true", "autocomplete": "off"}),
        error_messages={
            "required": _("Write in a few words what you would like to know."),
            "min_length": _("Write a little more: three letters at least."),
            "max_length": _("This is very long. Leave only what says what you would like to know."),
        },
    )
    institution = forms.ChoiceField(
        label=_("The institution you would ask, if you know it"),
        required=False,
        error_messages={"invalid_choice": _("This institution is not in the list. Choose one, or none.")},
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # what Django's own form takes
        language = current_language()
        listed = institutions.institution_list(include_ended=False, language=language)
        choice = self.fields["institution"]
        if isinstance(choice, forms.ChoiceField):
            choice.choices = [
                ("", _("I do not know it")),
                *((one.reference.slug, one.reference.title.shown(language).text) for one in listed.items),
            ]
