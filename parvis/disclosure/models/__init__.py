"""The tables of this room."""

from parvis.disclosure.models.holdings import (
    ClassOfRecords,
    PersonalInformationBank,
    PersonalInformationCategory,
)
from parvis.disclosure.models.loads import Load, LoadProblem, Source
from parvis.disclosure.models.summaries import Summary, SummaryVersion

__all__ = [
    "ClassOfRecords",
    "Load",
    "LoadProblem",
    "PersonalInformationBank",
    "PersonalInformationCategory",
    "Source",
    "Summary",
    "SummaryVersion",
]
