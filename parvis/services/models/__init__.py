"""The tables of this room."""

from parvis.services.models.editions import Edition, EditionFigure, EditionRow
from parvis.services.models.figures import DataChange, StoredFigure
from parvis.services.models.loads import DataFile, Load, LoadProblem, SetAsideRow, Snapshot
from parvis.services.models.quality import Finding, ProgramCode
from parvis.services.models.services import FormerIdentifier, RegisteredService, Service, ServiceYear
from parvis.services.models.standards import Measure, ServiceStandard, StandardYear

__all__ = [
    "DataChange",
    "DataFile",
    "Edition",
    "EditionFigure",
    "EditionRow",
    "Finding",
    "FormerIdentifier",
    "Load",
    "LoadProblem",
    "Measure",
    "ProgramCode",
    "RegisteredService",
    "Service",
    "ServiceStandard",
    "ServiceYear",
    "SetAsideRow",
    "Snapshot",
    "StandardYear",
    "StoredFigure",
]
