"""What changes the service inventory."""

from parvis.services.actions.editing import edit_service_year, edit_standard_year
from parvis.services.actions.loads import Completed, FileFacts, Started, complete_load, start_load
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
    "Completed",
    "FileFacts",
    "PlacedRow",
    "ProgramRow",
    "RegisterRow",
    "Started",
    "Taken",
    "TakenRegister",
    "complete_load",
    "edit_service_year",
    "edit_standard_year",
    "find_faults",
    "start_load",
    "take_programs",
    "take_register",
    "take_service_programs",
    "take_services",
    "take_standards",
]
