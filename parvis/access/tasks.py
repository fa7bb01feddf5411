"""Background work of this room: receipts, what lapses, what its schedule erases. Each is safe to run twice."""

from django.conf import settings
from django.utils import timezone
from payments import PaymentStatus
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from parvis.access.actions.ending import lapse_unpaid
from parvis.access.actions.following_up import follow_up as tell
from parvis.access.actions.paying import note_payment, note_refund
from parvis.access.actions.purging import purge
from parvis.access.actions.receipts import make_receipt
from parvis.access.actions.scanning import note_scan
from parvis.access.actions.sketching import sketch_texts
from parvis.access.models import Attachment, Payment, Submission
from parvis.access.queries.files import file_bytes
from parvis.access.scanner import found_in
from parvis.core.actor import Actor

RETRY = RetryStrategy(max_attempts=10, exponential_wait=3)  # seconds: the last tries come hours later


@app.task(name="access.follow_up", retry=RETRY)
def follow_up(submission_id: int) -> None:
    """Sketch the texts of what was sent, tell of it, count it, and make its receipt."""
    actor = Actor.system("access.follow_up")
    submission = Submission.objects.select_related("requester").filter(pk=submission_id).first()
    if submission is not None:
        sketch_texts(actor=actor, submission=submission)
        tell(actor=actor, submission=submission)
        make_receipt(actor=actor, submission=submission)


@app.periodic(cron="20 3 * * *", periodic_id="unpaid")
@app.task(queueing_lock="access:lapse_unpaid", name="access.lapse_unpaid")
def lapse(timestamp: int) -> int:  # noqa: ARG001  # procrastinate gives every periodic task its moment
    """End what was never paid for."""
    return lapse_unpaid(actor=Actor.system("access.lapse_unpaid"), after_days=settings.FEE_DAYS)


@app.periodic(cron="30 3 * * *", periodic_id="purge")
@app.task(queueing_lock="access:purge", name="access.purge")
def purge_what_is_over(timestamp: int) -> None:  # noqa: ARG001  # procrastinate gives every periodic task its moment
    """Erase what its schedule says, until nothing is left of it."""
    actor, today = Actor.system("access.purge"), timezone.localdate()
    while True:
        done = purge(actor=actor, today=today)
        if not (done.drafts or done.submissions):
            return


@app.task(name="access.scan", retry=RETRY)
def scan(attachment_id: int) -> None:
    """Scan one attached file; tried again while the scanner does not answer."""
    row = Attachment.objects.quarantined().filter(pk=attachment_id).first()
    if row is not None and settings.CLAMAV:
        found = found_in(file_bytes(row), settings.CLAMAV)
        note_scan(actor=Actor.system("access.scan"), attachment=row, found=found)


@app.periodic(cron="*/10 * * * *", periodic_id="scans")
@app.task(queueing_lock="access:scan_waiting", name="access.scan_waiting")
def scan_waiting(timestamp: int) -> int:  # noqa: ARG001  # procrastinate gives every periodic task its moment
    """Scan what waits since the scanner was away, or before there was one; return how many."""
    if not settings.CLAMAV:
        return 0
    waiting = list(Attachment.objects.quarantined().order_by("pk").values_list("pk", flat=True)[:200])
    for pk in waiting:
        scan.func(pk)
    return len(waiting)


@app.task(name="access.refund", retry=RETRY, lock="access.refund")
def refund(payment_id: int) -> None:
    """Give back what came too much, by the provider; one that cannot leaves it to people, on the desk."""
    row = Payment.objects.to_give_back().filter(pk=payment_id).first()
    if row is None:
        return
    if (
        row.status != PaymentStatus.REFUNDED
    ):  # else the provider gave all back, and we were killed before noting it
        row.captured_amount = row.captured_amount or row.total
        row.refund(row.refund_due)
    note_refund(actor=Actor.system("access.refund"), payment=row)


@app.periodic(cron="*/10 * * * *", periodic_id="confirmed")
@app.task(queueing_lock="access:note_confirmed", name="access.note_confirmed")
def note_confirmed(timestamp: int) -> None:  # noqa: ARG001  # procrastinate gives every periodic task its moment
    """Note the confirmations that a crash left between what the provider told and what we noted."""
    for row in Payment.objects.confirmed_unnoted():
        note_payment(actor=Actor.system("access.note_confirmed"), payment=row)
