"""What is asked for: the text, the kind, the details, and what a usual file needs to be found."""

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from parvis.access.answers import Answers, day_of
from parvis.access.intake.forms.asked import Day, Question, several_lines
from parvis.access.intake.warning import Warned, digest_of, warned
from parvis.access.queries.blockers import LONGEST_TEXT
from parvis.access.states import RecordFormat, RecordsLanguage, RequestKind
from parvis.theme.page import current_language

FIRST_DAY = 1000  # years; what lies before is a slip of the hand
LONGEST_PARTICULAR = 200


class WhatForm(Question):
    """The request in plain words. What gives away a person is told once; `acknowledged` keeps exactly this text."""

    text = forms.CharField(
        label=_("What are you looking for?"),
        help_text=_("A few plain sentences are enough. You need not know how the institution calls it."),
        max_length=LONGEST_TEXT,
        widget=several_lines(8, spellcheck="true", autocomplete="off"),
        error_messages={
            "required": _("Write what you are looking for."),
            "max_length": _("Your text is too long. Leave only what says what you are looking for."),
        },
    )
    acknowledged = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    warned: Warned | None = None

    def kept(self, answers: Answers) -> dict[str, Any]:
        """Begin with the text."""
        return {"text": answers.requested.text}

    def clean(self) -> dict[str, Any]:
        """Hold the text back once where it gives away a person."""
        said = super().clean() or {}
        text = said.get("text", "")
        is_known = (
            said.get("acknowledged") == digest_of(text) or text == self.situation.answers.requested.text
        )
        if text and not is_known:
            self.warned = warned(text)
        if self.warned:
            self.add_error("text", _("Your text seems to give away personal information. See below."))
        return said

    def answered(self) -> Answers:
        """Keep the text."""
        answers = self.situation.answers
        return replace(answers, requested=replace(answers.requested, text=self.cleaned_data["text"]))


class KindForm(Question):
    """What kind of request it is."""

    kind = forms.ChoiceField(
        label=_("What kind of request is it?"),
        choices=RequestKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one."), "invalid_choice": _("Choose one of these.")},
    )

    def kept(self, answers: Answers) -> dict[str, Any]:
        """Begin with the kind."""
        return {"kind": answers.kind}

    def answered(self) -> Answers:
        """Keep the kind."""
        return replace(self.situation.answers, kind=self.cleaned_data["kind"])


class DetailsForm(Question):
    """What narrows it, and in which form it is wanted."""

    period_from = Day(label=_("From"), required=False)
    period_to = Day(label=_("To"), required=False)
    keywords = forms.CharField(
        label=_("Words that the records likely hold"),
        help_text=_("Names of programs, projects, offices or positions."),
        max_length=500,
        required=False,
    )
    places = forms.CharField(
        label=_("Places"),
        help_text=_("Cities, regions or offices where it happened."),
        max_length=500,
        required=False,
    )
    record_format = forms.ChoiceField(
        label=_("How would you like to have the records?"),
        choices=RecordFormat.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one."), "invalid_choice": _("Choose one of these.")},
    )
    records_language = forms.ChoiceField(
        label=_("In which language?"),
        choices=RecordsLanguage.choices,
        widget=forms.RadioSelect,
        help_text=_("Records exist in the language in which they were written; not all are translated."),
        error_messages={"required": _("Choose one."), "invalid_choice": _("Choose one of these.")},
    )
    accessibility = forms.CharField(
        label=_("What you need to read the answer"),
        help_text=_(
            "Large print, braille, tagged files or anything else. Leave it empty if you need nothing."
        ),
        max_length=500,
        required=False,
    )

    def adjust(self) -> None:
        """Ask for a copy only how it is wanted."""
        if self.situation.is_of_package:
            for name in ("period_from", "period_to", "keywords", "places"):
                del self.fields[name]

    def kept(self, answers: Answers) -> dict[str, Any]:
        """Begin with what was said."""
        wanted = answers.requested
        return {
            "period_from": day_of(wanted.period_from),
            "period_to": day_of(wanted.period_to),
            "keywords": wanted.keywords,
            "places": wanted.places,
            "record_format": answers.record_format,
            "records_language": answers.records_language,
            "accessibility": answers.asker.accessibility,
        }

    def clean(self) -> dict[str, Any]:
        """Hold that a period ends after it begins, and lies where records can be."""
        said = super().clean() or {}
        begins, ends = said.get("period_from"), said.get("period_to")
        for name, day in (("period_from", begins), ("period_to", ends)):
            if day and day.year < FIRST_DAY:
                self.add_error(name, _("Enter the year with four digits."))
        if begins and ends and begins > ends:
            self.add_error("period_to", _("The period ends before it begins. Correct one of the two days."))
        return said

    def answered(self) -> Answers:
        """Keep all of it."""
        said, answers = self.cleaned_data, self.situation.answers
        requested = answers.requested
        if "keywords" in self.fields:
            begins, ends = said["period_from"], said["period_to"]
            requested = replace(
                requested,
                period_from=begins.isoformat() if begins else "",
                period_to=ends.isoformat() if ends else "",
                keywords=said["keywords"],
                places=said["places"],
            )
        return replace(
            answers,
            requested=requested,
            record_format=said["record_format"],
            records_language=said["records_language"],
            asker=replace(answers.asker, accessibility=said["accessibility"]),
        )


class ParticularsForm(Question):
    """What the institution needs to find a usual file."""

    def adjust(self) -> None:
        """Ask for each thing that the file says it needs, then for anything else."""
        language = current_language()
        for one in self.situation.usual.particulars if self.situation.usual else ():
            told = {
                "label": one[f"label_{language}"],
                "help_text": one.get(f"hint_{language}", ""),
                "required": bool(one.get("is_required")),
                "initial": self.situation.answers.requested.particulars.get(one["name"], ""),
            }
            field: forms.Field = (
                Day(**told)
                if one.get("kind") == "day"
                else forms.CharField(max_length=LONGEST_PARTICULAR, **told)
            )
            field.error_messages["required"] = _("Fill this in: without it your file cannot be found.")
            self.fields[one["name"]] = field
        self.fields["more"] = forms.CharField(
            label=_("Which part of it, or anything else that helps to find it"),
            help_text=_("Leave it empty to ask for the whole file."),
            max_length=LONGEST_TEXT,
            required=False,
            initial=self.situation.answers.requested.text,
            widget=several_lines(3),
        )

    def answered(self) -> Answers:
        """Keep all of it."""
        said, answers = self.cleaned_data, self.situation.answers
        told = {name: str(value or "") for name, value in said.items() if name != "more"}
        return replace(answers, requested=replace(answers.requested, text=said["more"], particulars=told))
