"""The demonstration's catcher, and the staff pages: what is on its way, and how each message reads."""

import hmac
import json

from babel.dates import format_timedelta
from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from parvis.core.actor import Actor
from parvis.core.bilingual import LANGUAGES, Language
from parvis.core.errors import NotAllowedError, NotReadyError
from parvis.core.pages import ActingRequest, public_page
from parvis.core.states import StaleStateError
from parvis.mail import actions, policy, queries
from parvis.mail.registry import MailTemplate, is_mail_template, mail_template, mail_templates
from parvis.mail.rendering import render
from parvis.mail.reports import notify_bounce
from parvis.mail.states import MailState
from parvis.theme.page import Crumb, Page, current_language, render_page
from parvis.theme.staff import staff_crumbs

# A message's HTML has its styles inside; it is shown in a frame that can run nothing and reach nothing.
MESSAGE_POLICY = {
    "default-src": [NONE],
    "style-src": [UNSAFE_INLINE],
    "frame-ancestors": [SELF],
    "sandbox": ["allow-popups", "allow-top-navigation-by-user-activation"],
}


@public_page
@require_safe
def catcher(request: ActingRequest) -> HttpResponse:
    """Show what would have been sent, newest first. There is such a page only where nothing is really sent."""
    if not policy.can_see_caught(request.actor):
        raise Http404
    page = Page(
        title=_("Messages that this demonstration would have sent"),
        crumbs=staff_crumbs()[:1],
        is_indexed=False,
    )
    return _framing(
        render_page(request, "mail/catcher.html", page, {"caught": queries.caught(request.actor)})
    )


@public_page
@require_safe
def caught_message(request: ActingRequest, public_id: str) -> HttpResponse:
    """Show one caught message as text and as HTML."""
    one = _caught(request, public_id)
    crumbs = (*staff_crumbs()[:1], Crumb(_("Caught messages"), reverse("mail_catcher")))
    page = Page(title=one.letter.subject, crumbs=crumbs, is_indexed=False)
    return _framing(render_page(request, "mail/caught_message.html", page, {"one": one}))


@public_page
@require_safe
def caught_html(request: ActingRequest, public_id: str) -> HttpResponse:
    """Serve the HTML of a caught message, for the frame."""
    return _message(_caught(request, public_id).letter.html)


def _caught(request: ActingRequest, public_id: str) -> queries.CaughtMail:
    found = queries.caught(request.actor, public_id)
    if not found:
        raise Http404
    return found[0]


@require_safe
def outgoing(request: ActingRequest) -> HttpResponse:
    """List what is on its way, by state, without addresses."""
    if not policy.can_see_mail(request.actor):
        raise Http404
    return _outgoing_page(request)


def _outgoing_page(request: ActingRequest, *, problem: str = "", status: int = 200) -> HttpResponse:
    asked = request.GET.get("state", "")
    state = MailState(asked) if asked in MailState.values else None
    number = int(given) if (given := request.GET.get("page", "")).isdecimal() and len(given) < 7 else 1  # noqa: PLR2004  # no list has a million pages
    page = Page(title=_("Outgoing messages"), crumbs=staff_crumbs(), is_indexed=False)
    context = {"found": queries.outgoing_page(request.actor, state, number), "problem": problem}
    return render_page(request, "mail/outgoing.html", page, context, status=status)


@require_POST
def retry(request: ActingRequest, public_id: str) -> HttpResponse:
    """Have a message that was given up tried again."""
    mail = get_object_or_404(policy.visible_to(request.actor), public_id=public_id)
    try:
        actions.retry_mail(actor=request.actor, mail=mail)
    except NotAllowedError as error:
        raise Http404 from error
    except (NotReadyError, StaleStateError) as error:
        return _outgoing_page(request, problem=str(error), status=409)
    return redirect(f"{reverse('outgoing_mail')}?state={MailState.QUEUED}")


@require_safe
def template_list(request: ActingRequest) -> HttpResponse:
    """List every declared message."""
    if not policy.can_see_mail(request.actor):
        raise Http404
    crumbs = (*staff_crumbs(), Crumb(_("Outgoing messages"), reverse("outgoing_mail")))
    page = Page(title=_("How each message reads"), crumbs=crumbs, is_indexed=False)
    context = {"templates": [(one, one.name.split("/")) for one in mail_templates()]}
    return render_page(request, "mail/template_list.html", page, context)


@require_safe
def template_page(request: ActingRequest, room: str, message: str) -> HttpResponse:
    """Show one message in both languages side by side, with its examples."""
    template = _declared(request, room, message)
    crumbs = (
        *staff_crumbs(),
        Crumb(_("Outgoing messages"), reverse("outgoing_mail")),
        Crumb(_("How each message reads"), reverse("mail_templates")),
    )
    page = Page(title=template.title.in_(current_language()), crumbs=crumbs, is_indexed=False)
    context = {
        "template": template,
        "parts": [room, message],
        "twins": [
            (language, render(template, language, template.examples(language))) for language in LANGUAGES
        ],
        "fields": sorted(template.context.items()),
        "duration": format_timedelta(template.useful_for, locale=current_language()),
    }
    return _framing(render_page(request, "mail/template_page.html", page, context))


@require_safe
def template_html(request: ActingRequest, room: str, message: str, spoken: str) -> HttpResponse:
    """Serve the HTML of a message with its examples, for the frame."""
    template = _declared(request, room, message)
    language: Language = "fr" if spoken == "fr" else "en"
    return _message(render(template, language, template.examples(language)).html)


def _declared(request: ActingRequest, room: str, message: str) -> MailTemplate:
    name = f"{room}/{message}"
    if not policy.can_see_mail(request.actor) or not is_mail_template(name):
        raise Http404
    return mail_template(name)


@csrf_exempt
@public_page
@require_POST
def receipts(request: HttpRequest) -> HttpResponse:
    """Take a delivery receipt of a Notify service, which shows the token that the settings name."""
    token, shown = settings.NOTIFY_RECEIPT_TOKEN, request.headers.get("Authorization", "")
    if not token or not hmac.compare_digest(shown.encode(), f"Bearer {token}".encode()):
        raise Http404
    try:
        told = json.loads(request.body)
    except ValueError:
        return HttpResponseBadRequest()
    if isinstance(told, dict) and (report := notify_bounce(told)):
        actions.note_bounce(actor=Actor.system("mail.receipts"), report=report)
    return HttpResponse(status=204)


def _framing(response: HttpResponse) -> HttpResponse:
    """Let a page hold a frame with a message of ours."""
    response._csp_update = {"frame-src": [SELF]}  # type: ignore[attr-defined]  # noqa: SLF001  # as csp_update does
    return response


def _message(html: str) -> HttpResponse:
    """Serve a message's HTML; its links open in the whole window."""
    answer = HttpResponse(html.replace("<head>", '<head><base target="_top">', 1))
    answer._csp_config = MESSAGE_POLICY  # type: ignore[attr-defined]  # noqa: SLF001  # as csp's decorator does
    answer["X-Frame-Options"] = "SAMEORIGIN"
    return answer
