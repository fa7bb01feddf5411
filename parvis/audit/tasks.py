"""The sealer runs every minute."""

from procrastinate.contrib.django import app

from parvis.audit import actions
from parvis.core.actor import Actor
from parvis.core.urgency import SINGLE


@app.periodic(cron="* * * * *", periodic_id="audit")
@app.task(queueing_lock="audit:seal", name="audit.seal", priority=SINGLE)
def seal(timestamp: int) -> None:  # noqa: ARG001  # procrastinate gives every periodic task its moment
    """Chain what was committed since the last minute."""
    actions.seal_events(actor=Actor.system("audit.seal"))
