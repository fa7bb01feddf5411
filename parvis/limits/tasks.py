"""What nobody needs any more is removed every hour."""

from procrastinate.contrib.django import app

from parvis.limits import counting


@app.periodic(cron="17 * * * *", periodic_id="limits")
@app.task(queueing_lock="limits:sweep", name="limits.sweep")
def sweep(timestamp: int) -> None:  # noqa: ARG001  # procrastinate gives every periodic task its moment
    """Remove the allowances that are whole again."""
    counting.forget_restored()
