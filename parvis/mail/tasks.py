"""What the worker does for messages. Tasks are given a message's number, and nothing else of it."""

from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import Job

from parvis.core.actor import Actor
from parvis.mail import actions, delivery, queries


class AtItsTime(BaseRetryStrategy):
    """Tries again when the message says so: the pauses stand in the message, where staff see them too."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:  # noqa: ARG002  # procrastinate's signature
        return (
            RetryDecision(retry_at=exception.until)
            if isinstance(exception, delivery.PostponedError)
            else None
        )


@app.task(name="mail.deliver", retry=AtItsTime())
def deliver(mail_id: int) -> None:
    """Try one message; procrastinate tries again at the moment that the attempt names."""
    delivery.deliver(mail_id)


@app.task(name="mail.resume")
def resume(mail_id: int) -> None:
    """Try a message whose own task is gone."""
    try:
        delivery.deliver(mail_id)
    except delivery.PostponedError:
        return  # the next sweep finds it again


@app.periodic(cron="*/5 * * * *", periodic_id="mail")
@app.task(name="mail.sweep", queueing_lock="mail:sweep")
def sweep(timestamp: int) -> None:  # noqa: ARG001  # procrastinate gives every periodic task its moment
    """Take up messages that no task takes care of any more; erase what has outlived its use."""
    for mail_id in queries.forsaken():
        try:
            app.configure_task("mail.resume", queueing_lock=f"mail:{mail_id}").defer(mail_id=mail_id)
        except AlreadyEnqueued:
            continue
    actions.tidy_mail(actor=Actor.system("mail.sweep"))
