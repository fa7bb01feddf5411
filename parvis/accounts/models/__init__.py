"""The tables of this room."""

from parvis.accounts.models.codes import EmailCode
from parvis.accounts.models.people import Person, PersonManager
from parvis.accounts.models.recoveries import Recovery
from parvis.accounts.models.sessions import SignedInSession

__all__ = ["EmailCode", "Person", "PersonManager", "Recovery", "SignedInSession"]
