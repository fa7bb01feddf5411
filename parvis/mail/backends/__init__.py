"""The ways out. Each takes a letter and returns the provider's identifier, or raises a fault that names nobody."""

from typing import Protocol

from parvis.mail.sealing import Letter
from parvis.mail.states import MailFault


class TemporaryFaultError(Exception):
    """It did not go now; later it may."""

    def __init__(self, fault: MailFault) -> None:
        super().__init__(str(fault.value))
        self.fault = fault


class PermanentFaultError(TemporaryFaultError):
    """It will not go, however often it is tried."""


class Backend(Protocol):
    """One way out."""

    def send(self, letter: Letter, *, public_id: str, language: str) -> str:
        """Hand over a letter; return the provider's identifier, empty where there is none."""
        ...
