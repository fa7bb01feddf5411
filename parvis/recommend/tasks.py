"""What is forgotten every night."""

from procrastinate.contrib.django import app

from parvis.core.actor import Actor
from parvis.recommend import actions


@app.periodic(cron="17 3 * * *", periodic_id="recommend")
@app.task(name="recommend.forget", queueing_lock="recommend:forget")
def forget(timestamp: int) -> None:  # noqa: ARG001  # procrastinate gives every periodic task its moment
    """Delete what was sought more than thirty days ago."""
    actions.forget_old_searches(actor=Actor.system("recommend.forget"))
