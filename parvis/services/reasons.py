"""Why a row is refused or doubted: closed vocabularies, said to whoever runs a load."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Refusal(models.TextChoices):
    """Why a row is not taken."""

    WRONG_COLUMNS = "wrong-columns", _("the row has more or fewer cells than the header")
    NO_YEAR = "no-year", _("the row does not say of which fiscal year it is")
    NO_NAME = "no-name", _("the row names no service or standard in either language")
    NO_IDENTIFIER = "no-identifier", _("the row has no identifier, and this file is about nothing else")
    REPEATED = "repeated", _("the file has another row that says the same of the same year")


class MeasureRefusal(models.TextChoices):
    """Why a row of measures is not taken, beside what may be wrong with any row."""

    NO_RECORD = "no-record", _("no service with this identifier has a record of this fiscal year")
    SEVERAL_SERVICES = (
        "several-services",
        _("several services have this identifier; say in owner_org whose it is"),
    )
    UNKNOWN_MEASURE = (
        "unknown-measure",
        _("the measure is none of satisfaction, completion and cost_per_transaction"),
    )
    WRONG_UNIT = "wrong-unit", _("the unit is not one of this measure: 1 or % for shares, CAD for a cost")
    UNREADABLE = "unreadable", _("the value or the sample size is no number")
    OUT_OF_RANGE = "out-of-range", _("the value or the sample size is one that cannot be")
    NO_SOURCE = "no-source", _("where it is from is not said in both languages")


class Doubt(models.TextChoices):
    """What is odd about a row that is taken all the same."""

    OTHER_YEAR = "other-year", _("the row is of another fiscal year than most of its file")
    NOT_AN_ID = "not-an-identifier", _("what stands for the identifier is none; its words tell it apart")
    SHARED_ID = "shared-identifier", _("another row of the year has this identifier; they are kept apart")
    UNREGISTERED_ID = "unregistered-identifier", _("the identifier does not stand in the register")
    REUSED_ID = "reused-identifier", _("the register gives this identifier to another institution")
    FOREIGN_ID = (
        "foreign-identifier",
        _("this identifier is another service’s of another institution; they are kept apart"),
    )
    SERVICE_NOT_REPORTED = (
        "service-not-reported",
        _("the standard is of a service that has no record of that year"),
    )
    UNKNOWN_CODE = "unknown-code", _("a code is not one that is known; it is kept as it is")
    UNREADABLE_FIGURE = (
        "unreadable-figure",
        _("a figure is neither a number nor NA nor ND; it is left blank"),
    )
    NEGATIVE_FIGURE = "negative-figure", _("a figure is below zero; it is kept")
    UNREADABLE_ANSWER = "unreadable-answer", _("an answer is none of Y, N, NA and ND; it is left blank")
    UNREADABLE_YEAR = "unreadable-year", _("a fiscal year cannot be read; it is left out")
    TARGET_OVER_ONE = (
        "target-over-one",
        _("the target is above 100 %; its unit may be another than its file’s"),
    )
    TARGET_TINY = "target-tiny", _("the target is 1 % or less; its unit may be another than its file’s")
    INSTITUTION_UNKNOWN = "institution-unknown", _("no institution is known by this name; the name is kept")
    INSTITUTION_DISAGREES = (
        "institution-disagrees",
        _("the institution’s code and its title name two institutions; the code is followed"),
    )
    FIGURE_CHANGED = "figure-changed", _("this file gave another figure before; both are kept")
    EDITED_HERE = "edited-here", _("a person changed this record here; the file’s row is set aside")
    TEXT_REPAIRED = "text-repaired", _("letters were damaged by a wrong encoding and could be put right")
    TEXT_DAMAGED = "text-damaged", _("letters are damaged and could not be put right")
    MARKUP_REMOVED = "markup-removed", _("markup stood in the text and was taken out")


class Aside(models.TextChoices):
    """Why a row is set aside: kept as it was, and not current."""

    NEWER_FILE = "newer-file", _("a newer file gives this year of this institution")
    CHANGED = "changed", _("its own file says otherwise now")
    GONE = "gone", _("its own file no longer has it")
    EDITED = "edited", _("a person changed the record here")
