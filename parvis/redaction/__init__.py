"""Finds personal information in ordinary English and French text. Pure Python; see README.md."""

from parvis.redaction.finding import find_personal_information
from parvis.redaction.findings import Finding, Kind
from parvis.redaction.wording import NAMES, WARNINGS

__all__ = ["NAMES", "WARNINGS", "Finding", "Kind", "find_personal_information"]
