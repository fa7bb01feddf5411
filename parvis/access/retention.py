"""How long requests are kept, as data: `data/retention.yaml`."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import yaml

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Schedule:
    """How many days after their end requests are kept, and those that lapsed because nothing was received."""

    requests: int
    lapsed: int

    def last_end(self, today: date, *, is_lapsed: bool) -> date:
        """Return the last day on which a request may have ended for its content to be erased today."""
        return today - timedelta(days=self.lapsed if is_lapsed else self.requests)


@cache
def schedule() -> Schedule:
    """Return the schedule of this installation."""
    told = yaml.safe_load((HERE / "data" / "retention.yaml").read_text())
    return Schedule(requests=int(told["requests"]["days"]), lapsed=int(told["lapsed"]["days"]))
