"""Why a row is refused or doubted: closed vocabularies, said to whoever runs a load."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Refusal(models.TextChoices):
    """Why a row is not taken."""

    WRONG_COLUMNS = "wrong-columns", _("the row has more or fewer cells than the header")
    NO_TEXT = "no-text", _("the row has no text in either language")
    NO_IDENTIFIER = "no-identifier", _("the row has neither number nor title")
    LINK_UNKNOWN = "link-unknown", _("the row links a bank or a class that is not in the files")
    TOO_LONG = "too-long", _("a cell is longer than it can be: the file is probably damaged")


class Doubt(models.TextChoices):
    """What is odd about a row that is taken all the same."""

    NO_NUMBER = "no-number", _("the row has no request number; it is told apart by its text")
    IMPOSSIBLE_DATE = "impossible-date", _("the date cannot be true; it is kept as unknown")
    IMPOSSIBLE_OTHER_DATE = (
        "impossible-other-date",
        _("another date of the row cannot be true; it is left out"),
    )
    UNREADABLE_DATE = "unreadable-date", _("the date cannot be read; it is kept as unknown")
    DISPOSITION_UNKNOWN = (
        "disposition-unknown",
        _("the disposition is not one that is known; its wording is kept"),
    )
    DISPOSITION_UNCLEAR = (
        "disposition-unclear",
        _("the disposition does not say which of the standard ones it is; its wording is kept"),
    )
    DISPOSITION_DISAGREES = (
        "disposition-disagrees",
        _("the disposition says one thing in English and another in French; its wording is kept"),
    )
    DISPOSITION_HALF_KNOWN = (
        "disposition-half-known",
        _("the disposition is known in one language only; that one is followed"),
    )
    PAGES_UNREADABLE = "pages-unreadable", _("the number of pages is not a plain number; its wording is kept")
    INSTITUTION_UNKNOWN = "institution-unknown", _("no institution is known by this name; the name is kept")
    INSTITUTION_DISAGREES = (
        "institution-disagrees",
        _("the institution’s code and its title name two institutions; the code is followed"),
    )
    TEXT_REPAIRED = "text-repaired", _("letters were damaged by a wrong encoding and could be put right")
    TEXT_DAMAGED = "text-damaged", _("letters are damaged and could not be put right")
    MARKUP_REMOVED = "markup-removed", _("markup stood in the text and was taken out")
    SAME_TEXT = "same-text-in-both", _("the English and the French text are the same")
    SHARED_NUMBER = (
        "shared-number",
        _("another record has this number and a different text; they are kept apart"),
    )
    TITLE_LOOKS_WRONG = "title-looks-wrong", _("the title looks like part of the page around it")
    TITLES_DISAGREE = (
        "titles-disagree",
        _("rows of one number give different titles; the one that most give is kept"),
    )
