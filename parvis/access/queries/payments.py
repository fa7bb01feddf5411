"""Payments: of a submission, by the token that a provider knows, and those whose confirmation nobody noted yet."""

from parvis.access.models import Payment, Submission


def payment_of(submission: Submission, public_id: str) -> Payment | None:
    """Return a payment of a submission, or None."""
    return Payment.objects.filter(submission=submission, public_id=public_id).first()


def payment_by_token(token: str) -> Payment | None:
    """Return the payment that a provider tells of, or None."""
    return Payment.objects.filter(token=token).first()


def confirmed_payments() -> tuple[Payment, ...]:
    """Return the payments that were confirmed and whose confirmation nobody noted yet."""
    return tuple(Payment.objects.confirmed_unnoted().order_by("pk"))
