"""Paying by card: what it costs and why, the provider's form or page, and the way back. A failure loses nothing."""

from decimal import Decimal
from urllib.error import URLError

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from payments import PaymentError, RedirectNeeded
from payments.urls import process_data, static_callback

from parvis.access import queries
from parvis.access.actions.paying import note_payment, start_payment
from parvis.access.fees import CARD
from parvis.access.intake.views.following import submission_or_404
from parvis.access.intake.views.frames import say, show
from parvis.access.queries.payments import (
    confirmed_payments,
    payment_by_token,
    payment_of,
    ways_to_pay,
)
from parvis.core.actor import Actor
from parvis.core.errors import NotReadyError
from parvis.core.pages import ActingRequest, public_page

BY_PROVIDER = Actor.system("payment")


@public_page
@require_http_methods(["GET", "HEAD", "POST"])
def pay(request: ActingRequest, public_id: str) -> HttpResponse:
    """Show what is to be paid and why; begin a payment."""
    row, key = submission_or_404(request, public_id)
    whole = queries.followed(row)
    if request.method == "POST":
        try:
            payment = start_payment(actor=request.actor, submission=row, key=key)
        except NotReadyError as error:
            say(request, error)
            return redirect("access_submission", public_id=public_id)
        return redirect("access_card", public_id=public_id, payment_id=payment.public_id)
    if not whole.fee_due:
        return redirect("access_submission", public_id=public_id)
    ways = ways_to_pay(whole)
    context = {
        "whole": whole,
        "by_card": sum((way.part.row.fee for way in ways if way.is_by_card), Decimal(0)),
        "ways": ways,
        "has_failed": "failed" in request.GET,
    }
    return show(request, "access/ask/pay.html", _("Pay the fee"), context)


@public_page
@require_http_methods(["GET", "HEAD", "POST"])
def card(request: ActingRequest, public_id: str, payment_id: str) -> HttpResponse:
    """Show the provider's form, or lead to its page."""
    row, _key = submission_or_404(request, public_id)
    payment = payment_of(row, payment_id)
    if payment is None:
        raise Http404
    if payment.settled_at is not None:
        return redirect("access_submission", public_id=public_id)
    try:
        form = payment.get_form(data=request.POST or None)
    except RedirectNeeded as onward:
        note_payment(actor=BY_PROVIDER, payment=payment)
        return redirect(str(onward))
    except (PaymentError, URLError, OSError):
        payment.change_status("error")
        note_payment(actor=BY_PROVIDER, payment=payment)
        return redirect(payment.get_failure_url())
    context = {"form": form, "payment": payment, "row": row, "is_trial": settings.PAYMENTS is None}
    return show(request, "access/ask/card.html", _("Pay by card"), context)


@csrf_exempt
@public_page
def process(request: HttpRequest, token: str) -> HttpResponse:
    """Take what a provider tells, by itself or by the browser that it sends back, and note it.

    Which payment it is about stands in the address, in 122 random bits; what it says, the provider's class verifies.
    """
    payment = payment_by_token(token)
    if payment is None:
        raise Http404
    response: HttpResponse = process_data(request, str(token))
    note_payment(actor=BY_PROVIDER, payment=payment)
    return response


@csrf_exempt
@public_page
def process_card(request: HttpRequest) -> HttpResponse:
    """Take what a provider tells that knows one address for all payments: its class finds which one, and verifies."""
    response: HttpResponse = static_callback(request, CARD)
    for payment in confirmed_payments():
        note_payment(actor=BY_PROVIDER, payment=payment)
    return response
