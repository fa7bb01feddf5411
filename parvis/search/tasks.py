"""Taking changes into the index, in the background."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from parvis.core.urgency import SINGLE
from parvis.search import actions, indexing, queries

RETRY = RetryStrategy(max_attempts=20, wait=5)


@app.task(name="search.refresh", queueing_lock="search:refresh", retry=RETRY, priority=SINGLE)
def refresh() -> None:
    """Take in what rooms have announced.

    Whoever builds looks once more after it, or the next sweep does, so one who finds another at it has nothing to do:
    the two places of the worker are not both to be held by the index.
    """
    try:
        while queries.changes_waiting():
            actions.refresh(embedder=queries.reader().embedder(), report=_silently)
    except indexing.BuildUnderWayError:
        return


@app.periodic(cron="* * * * * */30", periodic_id="search")
@app.task(name="search.sweep", queueing_lock="search:sweep", priority=SINGLE)
def sweep(timestamp: int) -> None:  # noqa: ARG001  # procrastinate gives every periodic task its moment
    """Take in, twice a minute, what a dead worker left behind, or who was killed before they could wake one.

    Changes are written with what changes, the wake-up after it: were it a part of the transaction, writers would wait
    for each other at its lock.
    """
    refresh()


def _silently(_progress: indexing.Progress) -> None:
    """Say nothing: `parvis index --status` reads what the build writes down."""
