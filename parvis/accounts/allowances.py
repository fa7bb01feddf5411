"""How often one may ask for a code, or try one, counted for all web processes together."""

from parvis.limits.counting import Limit, spend

HOUR, QUARTER = 3600.0, 900.0
CODES_TO_ADDRESS = Limit("accounts.codes.address", 6, HOUR)
CODES_BY_CLIENT = Limit("accounts.codes.client", 40, HOUR)  # an office may stand behind one address
TRIES_BY_CLIENT = Limit("accounts.tries.client", 60, QUARTER)
TRIES_FOR_PERSON = Limit("accounts.tries.person", 6, QUARTER)  # of second factors

__all__ = [
    "CODES_BY_CLIENT",
    "CODES_TO_ADDRESS",
    "TRIES_BY_CLIENT",
    "TRIES_FOR_PERSON",
    "seconds_to_wait",
]


def seconds_to_wait(*uses: tuple[Limit, str]) -> int:
    """Count one use of each limit by its client; return how many seconds to wait, 0 when none is used up."""
    return max(spend(limit, client) for limit, client in uses)
