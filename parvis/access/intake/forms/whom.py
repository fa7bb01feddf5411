"""Which institutions are asked."""

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from parvis.access.answers import Answers
from parvis.access.intake.forms.asked import Question
from parvis.access.queries.blockers import SLUGS_AT_MOST
from parvis.institutions import queries as institutions
from parvis.theme.page import current_language


class Chosen(forms.MultipleChoiceField):
    """Slugs; whether each can be asked is said by the question itself, with its name."""

    def valid_value(self, value: Any) -> bool:
        """Let any slug through to `clean`."""
        return bool(value)


class InstitutionsForm(Question):
    """Which institutions are asked: several make one submission, with a part for each."""

    institutions = Chosen(
        label=_("Which institutions would you like to ask?"),
        error_messages={
            "required": _("Choose at least one institution."),
            "invalid_list": _("Choose at least one institution."),
        },
    )
    q = forms.CharField(label=_("Find an institution by its name or acronym"), max_length=200, required=False)

    def kept(self, answers: Answers) -> dict[str, Any]:
        """Begin with those that were chosen."""
        return {"institutions": answers.institutions}

    def chosen(self) -> tuple[str, ...]:
        """Return what is ticked at this moment, also where it cannot be taken."""
        if not self.is_bound:
            return self.situation.answers.institutions
        return tuple(dict.fromkeys(self.typed()["institutions"]))

    def clean_institutions(self) -> tuple[str, ...]:
        """Hold that each can be asked here, and that there are not too many."""
        slugs = tuple(dict.fromkeys(self.cleaned_data["institutions"]))
        if len(slugs) > SLUGS_AT_MOST:
            raise forms.ValidationError(
                ngettext(
                    "Choose %(number)d institution at most.",
                    "Choose %(number)d institutions at most.",
                    SLUGS_AT_MOST,
                )
                % {"number": SLUGS_AT_MOST}
            )
        known = institutions.receiving(slugs)
        if len(known) < len(slugs):
            raise forms.ValidationError(_("One of these is no institution that can be asked. Choose again."))
        for slug in slugs:
            if not known[slug].is_live:
                name = known[slug].reference.title.shown(current_language()).text
                raise forms.ValidationError(
                    _("%(name)s does not take requests here yet. Take it out; below is how to reach it.")
                    % {"name": name}
                )
        return slugs

    def answered(self) -> Answers:
        """Keep those that were chosen."""
        return replace(self.situation.answers, institutions=self.cleaned_data["institutions"])
