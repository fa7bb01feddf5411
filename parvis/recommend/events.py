"""What happens in this room, told in both languages."""

from parvis.audit.events import EventName, describe
from parvis.core.bilingual import Text


class RecommendEvent(EventName):
    """The closed vocabulary of this room."""

    DEMAND_LOADED = "recommend:demand:loaded"


describe(
    {
        RecommendEvent.DEMAND_LOADED: Text(
            "Counts of copies asked for were loaded", "Les décomptes de copies demandées ont été chargés"
        ),
    }
)
