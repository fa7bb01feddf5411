"""What changes the service inventory."""

from parvis.services.actions.beginning import begin_service_year
from parvis.services.actions.editing import (
    ChangedMeanwhileError,
    DoubtfulError,
    edit_service_year,
    edit_standard_year,
)
from parvis.services.actions.loads import Completed, FileFacts, Started, complete_load, start_load
from parvis.services.actions.measures import GivenMeasure, give_measure, load_measures, take_back_measure
from parvis.services.actions.quality import find_faults
from parvis.services.actions.records import PlacedRow, Taken, take_services, take_standards
from parvis.services.actions.registers import (
    ProgramRow,
    RegisterRow,
    TakenRegister,
    take_programs,
    take_register,
    take_service_programs,
)

__all__ = [
    "ChangedMeanwhileError",
    "Completed",
    "DoubtfulError",
    "FileFacts",
    "GivenMeasure",
    "PlacedRow",
    "ProgramRow",
    "RegisterRow",
    "Started",
    "Taken",
    "TakenRegister",
    "begin_service_year",
    "complete_load",
    "edit_service_year",
    "edit_standard_year",
    "find_faults",
    "give_measure",
    "load_measures",
    "start_load",
    "take_back_measure",
    "take_programs",
    "take_register",
    "take_service_programs",
    "take_services",
    "take_standards",
]
