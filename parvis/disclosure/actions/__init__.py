"""What changes the registers."""

from parvis.disclosure.actions.loads import complete_load, start_load
from parvis.disclosure.actions.summaries import take_summaries

__all__ = ["complete_load", "start_load", "take_summaries"]
