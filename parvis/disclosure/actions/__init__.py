"""What changes the registers."""

from parvis.disclosure.actions.holdings import link_banks, take_categories, take_holdings
from parvis.disclosure.actions.loads import complete_load, start_load
from parvis.disclosure.actions.summaries import take_summaries

__all__ = [
    "complete_load",
    "link_banks",
    "start_load",
    "take_categories",
    "take_holdings",
    "take_summaries",
]
