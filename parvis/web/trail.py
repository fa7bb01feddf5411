"""How a reader narrows the audit trail, and how the page names what the trail knows only by number."""

from collections.abc import Iterable
from dataclasses import dataclass

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from parvis.accounts.queries import person_name
from parvis.audit.events import known_events
from parvis.audit.queries import (
    EventLine,
    TrailFilter,
    can_read_whole_trail,
    institutions_read,
    subject_types,
)
from parvis.core.actor import Actor, ActorKind
from parvis.core.bilingual import Language, Text
from parvis.core.sort_key import sort_key
from parvis.institutions.queries import references

KINDS = {
    ActorKind.PUBLIC: _("Someone not signed in"),
    ActorKind.PERSON: _("A person who was signed in"),
    ActorKind.SYSTEM: _("This site by itself"),
}


class TrailForm(forms.Form):
    """What to show of the trail. Nothing is required."""

    name = forms.ChoiceField(label=_("What happened"), required=False)
    actor_kind = forms.ChoiceField(
        label=_("Who acted"), required=False, choices=[("", _("Anyone")), *KINDS.items()]
    )
    subject_type = forms.ChoiceField(label=_("About what kind of thing"), required=False)
    subject_id = forms.CharField(label=_("Identifier of the thing"), required=False, max_length=64)
    from_on = forms.DateField(
        label=_("From the day"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until_on = forms.DateField(
        label=_("To the day"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    person_id = forms.IntegerField(
        label=_("Number of the person"),
        required=False,
        min_value=1,
        max_value=2**62,
        widget=forms.HiddenInput,  # a link gives it; it is shown only to be corrected
    )

    def __init__(self, given: QueryDict, *, actor: Actor, slugs: frozenset[str], language: Language) -> None:
        super().__init__(given)
        told = sorted(known_events().items(), key=lambda item: sort_key(item[1].in_(language)))
        names = [("", _("Anything")), *((name, text.in_(language)) for name, text in told)]
        kinds = [("", _("Anything")), *((kind, kind) for kind in subject_types(actor, slugs))]
        for field, choices in (("name", names), ("subject_type", kinds)):
            self.fields[field].choices = choices  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, object]:
        """Refuse a period that ends before it begins."""
        found = super().clean() or {}
        if "person_id" in self.errors:
            self.fields["person_id"].widget = forms.TextInput()
        start, end = found.get("from_on"), found.get("until_on")
        if start and end and start > end:
            self.add_error("until_on", _("The period ends before it begins. Choose a later day."))
        return found

    def narrowing(self) -> TrailFilter:
        """Return what is asked for, once the form is valid."""
        return TrailFilter(**{name: value for name, value in self.cleaned_data.items() if value})


@dataclass(frozen=True, slots=True)
class NamedLine:
    """One event as the page shows it: with the name of the person, and details as pairs."""

    line: EventLine
    who: str
    details: tuple[tuple[str, object], ...]


def slugs_read(actor: Actor) -> frozenset[str]:
    """Return the institutions whose events the actor may read, as events name them."""
    if can_read_whole_trail(actor):
        return frozenset()
    return frozenset(one.slug for one in references(institutions_read(actor)).values())


def named(lines: Iterable[EventLine]) -> list[NamedLine]:
    """Name the people of some events; a person who is gone keeps their number."""
    lines = list(lines)
    people = {line.person_id: person_name(line.person_id) for line in lines if line.person_id}
    return [NamedLine(line, _who(line, people), tuple(_details(line.data))) for line in lines]


def _who(line: EventLine, people: dict[int, str]) -> str:
    if line.person_id:
        return people[line.person_id] or str(_("Person %(number)s") % {"number": line.person_id})
    return line.actor_name or str(KINDS.get(ActorKind(line.actor_kind), line.actor_kind))


def _details(data: dict[str, object]) -> Iterable[tuple[str, object]]:
    for name, value in sorted(data.items()):
        is_text = isinstance(value, dict) and value.keys() == {"en", "fr"}
        yield name, Text(**value) if is_text and isinstance(value, dict) else value
