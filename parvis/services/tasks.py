"""Figures are calculated anew within a minute of a change; pages calculate them themselves until then."""

from procrastinate.contrib.django import app

from parvis.core.actor import Actor
from parvis.services.actions.figures import refresh_figures


@app.periodic(cron="* * * * *", periodic_id="services")
@app.task(queueing_lock="services:refresh_figures", name="services.refresh_figures")
def refresh(timestamp: int) -> None:  # noqa: ARG001  # procrastinate gives every periodic task its moment
    """Calculate the figures of every year whose rows have changed."""
    refresh_figures(actor=Actor.system("services.refresh_figures"))
