"""What nobody needs any more is removed every hour: codes with the addresses to which they went."""

from procrastinate.contrib.django import app

from parvis.accounts import actions
from parvis.core.actor import Actor


@app.periodic(cron="41 * * * *", periodic_id="accounts")
@app.task(queueing_lock="accounts:forget_codes", name="accounts.forget_codes")
def forget_codes(timestamp: int) -> None:  # noqa: ARG001  # procrastinate gives every periodic task its moment
    """Remove codes that can no longer be used."""
    actions.forget_old_codes(actor=Actor.system("accounts.forget_codes"))
