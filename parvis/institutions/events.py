"""What happens to institutions, told in both languages."""

from parvis.audit.events import EventName, describe
from parvis.core.bilingual import Text


class InstitutionsEvent(EventName):
    """The closed vocabulary of this room."""

    LOADED = "institutions:facts:loaded"


describe(
    {
        InstitutionsEvent.LOADED: Text(
            "Facts about jurisdictions and institutions were loaded.",
            "Des faits sur les administrations et les institutions ont été chargés.",
        ),
    }
)
