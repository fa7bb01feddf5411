"""Where anyone finds out whether a document is ours and unchanged, and the keys for those who verify it themselves."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from parvis.core.pages import public_page
from parvis.letters import queries
from parvis.letters.forms import Uploaded, read_upload
from parvis.theme.page import Crumb, Page, render_page


@csrf_exempt  # it changes nothing; and the check would read the upload before our handler takes it
@public_page
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verify_document(request: HttpRequest) -> HttpResponse:
    """Take a PDF, at will with its seal, and say in plain words whether it is genuine. Nothing uploaded is kept."""
    uploaded = read_upload(request) if request.method == "POST" else Uploaded()
    found = queries.verify_document(uploaded.sha256, uploaded.seal) if uploaded.sha256 else None
    page = Page(
        title=_("Verify a document"),
        description=_("Find out whether a letter or a receipt comes from this site and was not changed."),
        crumbs=(Crumb(_("Home"), reverse("home")),),
        is_indexed=request.method != "POST",
    )
    context = {"found": found, "error": uploaded.error, "has_seal": uploaded.seal is not None}
    return render_page(
        request, "letters/verify_document.html", page, context, status=422 if uploaded.error else 200
    )


@public_page
@require_safe
def seal_keys(_request: HttpRequest) -> HttpResponse:
    """Publish the public keys, for whoever verifies a seal without this site (RFC 7517)."""
    response = JsonResponse(queries.published_keys(), content_type="application/jwk-set+json")
    response["Cache-Control"] = "public, max-age=3600"
    response["Access-Control-Allow-Origin"] = "*"
    return response
