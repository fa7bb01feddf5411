"""The page before asking, the page that explains it, and what officers see of searches without an answer."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from parvis.core.pages import ActingRequest, public_page
from parvis.recommend import policy, queries
from parvis.recommend.explaining import how_it_works
from parvis.recommend.forms import DraftForm
from parvis.recommend.showing import present
from parvis.theme.page import Crumb, Page, current_language, render_page
from parvis.theme.staff import staff_crumbs


@public_page
@require_http_methods(["GET", "HEAD", "POST"])
def before_asking(request: HttpRequest) -> HttpResponse:
    """Show what was already answered like a text, and who likely holds it. The text comes by POST and is not kept."""
    form = DraftForm(request.POST or None)
    language, answer = current_language(), None
    if request.method == "POST" and form.is_valid():
        text, institution = form.cleaned_data["text"], form.cleaned_data["institution"]
        holders = queries.likely_holders(text, language)
        similar = queries.similar_records(text, language, institution or holders.likely_slug)
        answer = present(similar, holders, language)
    page = Page(
        title=_("Before you ask"),
        description=_(
            "Write what you would like to know: see what was already answered like it, and who likely holds it."
        ),
        crumbs=(Crumb(_("Home"), reverse("home")),),
    )
    context = {"form": form, "answer": answer, "often": () if answer else queries.often_requested()}
    response = render_page(request, "recommend/before_asking.html", page, context)
    response["Cache-Control"] = "no-store"
    return response


@public_page
@require_safe
def how_suggestions_work(request: HttpRequest) -> HttpResponse:
    """Say how search and suggestions work, how well, and how to object."""
    page = Page(
        title=_("How search and suggestions work"),
        description=_("What is compared, how often it is right, what it cannot do, and how to object."),
        crumbs=(Crumb(_("Home"), reverse("home")),),
    )
    return render_page(
        request, "recommend/how_it_works.html", page, {"told": how_it_works(current_language())}
    )


@require_safe
def unanswered(request: ActingRequest) -> HttpResponse:
    """Show what people seek and do not find, to those who can publish it."""
    if not policy.can_list_unanswered(request.actor):
        raise Http404
    page = Page(title=_("Searches without an answer"), crumbs=staff_crumbs(), is_indexed=False)
    return render_page(
        request, "recommend/unanswered.html", page, {"rows": queries.unanswered_words(request.actor)}
    )
