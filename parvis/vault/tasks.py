"""What the worker does for keys every night: it ends a renewal that was interrupted, and deletes former keys."""

from procrastinate.contrib.django import app

from parvis.core.actor import Actor
from parvis.vault import actions


@app.periodic(cron="40 3 * * *", periodic_id="vault")
@app.task(name="vault.tidy", queueing_lock="vault:tidy")
def tidy(timestamp: int) -> None:  # noqa: ARG001  # procrastinate gives every periodic task its moment
    """Seal again what a former key still holds, then delete the keys that nothing needs."""
    actor = Actor.system("vault.tidy")
    while actions.reseal_some(actor=actor):
        pass
    actions.drop_unused_keys(actor=actor)
