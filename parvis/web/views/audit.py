"""The audit trail for those who may read it. It stands here, not in its room: audit lies below pages and people."""

from dataclasses import asdict

from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from parvis.audit import actions, queries
from parvis.audit.queries import Form
from parvis.core.pages import ActingRequest
from parvis.theme.page import Page, current_language, render_page
from parvis.theme.staff import staff_crumbs
from parvis.web.trail import TrailForm, named, slugs_read


@require_safe
def trail(request: ActingRequest) -> HttpResponse:
    """Show what happened, newest first, in sentences, with how it is narrowed and how far it is sealed."""
    if not queries.can_read_trail(request.actor):
        raise Http404
    return _trail_page(request)


def _trail_page(request: ActingRequest) -> HttpResponse:
    slugs = slugs_read(request.actor)
    form = TrailForm(request.GET, actor=request.actor, slugs=slugs, language=current_language())
    is_valid = form.is_valid()
    given = request.GET.get("before", "")
    before = int(given) if given.isascii() and given.isdecimal() and len(given) < 19 else None  # noqa: PLR2004  # 64 bits
    if is_valid:
        found = queries.trail_page(request.actor, slugs, form.narrowing(), older_than=before)
    else:  # who asks for less than all is never shown all
        found = queries.TrailPage((), 0)
    older = request.GET.copy()
    older["before"] = str(found.older_than)
    newest = request.GET.copy()
    newest.pop("before", None)
    context = {
        "form": form,
        "lines": named(found.lines),
        "older": older.urlencode() if found.older_than else "",
        "newest": newest.urlencode() if is_valid and before is not None else None,
        "is_whole": queries.can_read_whole_trail(request.actor),
        "lag": queries.seal_lag(),
        "head": queries.head(),
        "forms": list(Form),
    }
    page = Page(title=_("Audit trail"), crumbs=staff_crumbs(), is_indexed=False)
    return render_page(request, "web/trail.html", page, context, status=200 if is_valid else 422)


@require_POST
def export(request: ActingRequest) -> HttpResponseBase:
    """Give what the filter leaves as a file, and note that it was given."""
    if not queries.can_read_trail(request.actor):
        raise Http404
    slugs = slugs_read(request.actor)
    form = TrailForm(request.POST, actor=request.actor, slugs=slugs, language=current_language())
    asked = request.POST.get("form", "")
    if not form.is_valid() or asked not in list(Form):
        raise Http404
    by, kind = form.narrowing(), Form(asked)
    narrowed = {name: str(value) for name, value in asdict(by).items() if value}
    actions.record_export(actor=request.actor, form=kind.value, **narrowed)
    lines = queries.export_of(request.actor, slugs, by, kind)
    name = f"audit-trail-{timezone.localdate().isoformat()}.{kind.value}"
    return StreamingHttpResponse(
        lines,
        content_type=kind.content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )
