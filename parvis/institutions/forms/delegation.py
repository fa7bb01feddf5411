"""Entering what the head signed."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from parvis.institutions.forms.people import day_field
from parvis.institutions.powers import POWER_TITLES, powers_under, section_of
from parvis.institutions.queries.memberships import MembershipItem

LARGEST = 10_000_000  # bytes
PDF = b"%PDF-"


class InstrumentForm(forms.Form):
    """The instrument itself. What each delegate may decide is asked by one group of boxes for each of them."""

    regime = forms.ChoiceField(label=_("Statute"), widget=forms.HiddenInput)
    title_en = forms.CharField(label=_("Title in English"), max_length=300)
    title_fr = forms.CharField(label=_("Title in French"), max_length=300)
    signed_on = day_field(label=_("Signed on"))
    from_on = day_field(label=_("In force from"))
    until_on = day_field(label=_("In force until (leave empty for no end)"), required=False)
    document = forms.FileField(
        label=_("The signed document (PDF)"),
        help_text=_("Optional. At most 10 megabytes."),
        required=False,
    )

    def __init__(
        self,
        regime: str,
        regimes: Iterable[str],
        holders: Sequence[MembershipItem],
        *words: Any,
        **named: Any,
    ) -> None:
        super().__init__(*words, **named)
        self.fields["regime"].choices = [(one, one) for one in regimes]  # type: ignore[attr-defined]  # it has it
        self.fields["regime"].initial = regime
        self.holders = holders
        choices = [
            (str(power), f"{POWER_TITLES[power]}{_dotted(section_of(regime, power))}")
            for power in powers_under(regime)
        ]
        for holder in holders:
            self.fields[f"powers_{holder.public_id}"] = forms.MultipleChoiceField(
                label=holder.name or holder.address,
                choices=choices,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )

    @property
    def powers(self) -> list[forms.BoundField]:
        """The group of boxes of each delegate."""
        return [self[f"powers_{holder.public_id}"] for holder in self.holders]

    def clean_document(self) -> Any:
        """Take a PDF of a reasonable size, and nothing else."""
        document = self.cleaned_data.get("document")
        if document is None:
            return None
        if document.size > LARGEST:
            raise forms.ValidationError(_("The document has more than 10 megabytes. Scan it smaller."))
        start = document.read(len(PDF))
        document.seek(0)
        if start != PDF:
            raise forms.ValidationError(_("This is no PDF. Save the document as PDF."))
        return document


def _dotted(section: str) -> str:
    return f" ({section})" if section else ""
