"""The central office: all institutions on one board, many at once from a file, and how they change."""

import csv
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from parvis.core.bilingual import Text
from parvis.core.errors import ParvisError
from parvis.core.pages import ActingRequest
from parvis.institutions.actions import joining, onboarding_files
from parvis.institutions.actions.onboarding import invite_institution
from parvis.institutions.checklist import SECTION_TITLES, Section
from parvis.institutions.forms.board import FileForm, MergeForm, RenameForm
from parvis.institutions.forms.onboarding import WhyForm
from parvis.institutions.models import Institution
from parvis.institutions.onboarding_files import counts, plan, rows_of
from parvis.institutions.policy.onboarding import can_run_board, can_see_board
from parvis.institutions.queries.board import NOT_INVITED, SORTS, Board, BoardFilter, board, board_export
from parvis.institutions.queries.institutions import institution_row
from parvis.institutions.queries.onboarding import institution_of, onboarding_file
from parvis.institutions.spreadsheets import COLUMNS, read_rows
from parvis.institutions.states import OnboardingState
from parvis.institutions.views.frames import done, found_or_404, say, show
from parvis.theme.page import Crumb, current_language
from parvis.theme.staff import staff_crumbs

STATE_TITLES = {str(state): state.label for state in OnboardingState}
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would run


def _crumbs() -> tuple[Crumb, ...]:
    return (*staff_crumbs()[1:], Crumb(_("Institutions on board"), reverse("board")))


def _wanted(request: ActingRequest) -> BoardFilter:
    given = request.GET
    sort, page = given.get("sort", ""), given.get("page", "")
    return BoardFilter(
        state=given.get("state", ""),
        lacks=given.get("lacks", ""),
        jurisdiction=given.get("jurisdiction", ""),
        query=given.get("q", "").strip()[:200],
        sort=sort if sort in SORTS else "state",
        page=int(page) if page.isdecimal() and len(page) < 6 else 1,  # noqa: PLR2004  # digits: no more pages than that
        language=current_language(),
    )


def _state_title(state: str) -> str:
    return str(STATE_TITLES.get(state) or _("Not invited yet"))


@require_safe
def on_board(request: ActingRequest) -> HttpResponse:
    """Show every institution with its state and what it lacks."""
    found_or_404(True if can_see_board(request.actor) else None)
    wanted = _wanted(request)
    found = board(request.actor, wanted)
    context = {
        "board": found,
        "wanted": wanted,
        "may_run": can_run_board(request.actor),
        "not_invited": NOT_INVITED,
        "export": f"{reverse('board_export')}?{request.GET.urlencode()}",
    } | _choices(found)
    return show(
        request, "institutions/board.html", _("Institutions on board"), context, crumbs=staff_crumbs()[1:]
    )


def _choices(found: Board) -> dict[str, Any]:
    sorts = {
        "state": _("State, then most missing"),
        "missing": _("Most missing"),
        "title": _("Title"),
        "changed": _("Changed last"),
    }
    return {
        "states": [(state, _state_title(state), count) for state, count in found.states.items()],
        "sections": [(name, SECTION_TITLES[Section(name)], n) for name, n in found.sections.items()],
        "sorts": list(sorts.items()),
        "titles": {**STATE_TITLES, NOT_INVITED: _("Not invited yet")},
    }


@require_safe
def board_csv(request: ActingRequest) -> HttpResponse:
    """Give the whole board, as filtered, as a CSV."""
    found_or_404(True if can_see_board(request.actor) else None)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="onboarding.csv"'
    writer = csv.writer(response)
    writer.writerow(["slug", "title_en", "title_fr", "jurisdiction", "state", "missing", "missing_sections"])
    for line in board_export(request.actor, _wanted(request)):
        sections = " ".join(item.section for item in line.checklist.items if not item.is_done)
        cells = [line.slug, line.title.en, line.title.fr, line.jurisdiction, line.state]
        writer.writerow([_plain(cell) for cell in cells] + [line.missing, sections])
    return response


def _plain(cell: str) -> str:
    """Keep a spreadsheet from taking a title for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


@require_POST
def institution_invite(request: ActingRequest, slug: str) -> HttpResponse:
    """Begin an institution's way on board."""
    invite_institution(actor=request.actor, institution=found_or_404(institution_of(request.actor, slug)))
    say(request, _("The institution is invited. Invite its head next."))
    return redirect("onboarding", slug=slug)


@require_http_methods(["GET", "HEAD", "POST"])
def file_new(request: ActingRequest) -> HttpResponse:
    """Take a file, and show what it would do before it does anything."""
    found_or_404(True if can_run_board(request.actor) else None)
    form = FileForm(request.POST or None, request.FILES or None)
    kept: list[Any] = []

    def deed() -> None:
        file = form.cleaned_data["file"]
        rows = read_rows(file.read(), file.name)
        kept.append(onboarding_files.keep_file(actor=request.actor, name=file.name, rows=rows))

    if request.method == "POST" and done(form, deed):
        return redirect("onboarding_file", public_id=kept[0].public_id)
    context = {"form": form, "columns": COLUMNS}
    return show(
        request, "institutions/file_new.html", _("Many institutions from a file"), context, crumbs=_crumbs()
    )


@require_http_methods(["GET", "HEAD", "POST"])
def file(request: ActingRequest, public_id: str) -> HttpResponse:
    """Show what each row would do and which are refused, then do it or forget it."""
    row = found_or_404(onboarding_file(request.actor, public_id))
    error = ""
    if request.method == "POST" and "discard" in request.POST:
        onboarding_files.discard_file(actor=request.actor, file=row)
        say(request, _("The file is forgotten. Nothing was changed."))
        return redirect("board")
    if request.method == "POST":
        try:
            onboarding_files.confirm_file(actor=request.actor, file=row)
        except ParvisError as refused:
            error = str(refused)
        else:
            say(request, _("The file is taken."))
            return redirect("onboarding_file", public_id=public_id)
    plans = () if row.confirmed_at else plan(rows_of(row), timezone.localdate())
    context = {
        "file": row,
        "plans": plans,
        "counts": row.counts if row.confirmed_at else counts(plans),
        "error": error,
    }
    return show(request, "institutions/file.html", _("What the file does"), context, crumbs=_crumbs())


@require_http_methods(["GET", "HEAD", "POST"])
def institution_change(request: ActingRequest, slug: str) -> HttpResponse:
    """Rename an institution, merge it into another one, or let it leave."""
    found_or_404(True if can_run_board(request.actor) else None)
    row = found_or_404(institution_row(slug))
    deed = request.POST.get("deed", "")
    rename = RenameForm(request.POST if deed == "rename" else None, initial=_titles(row), prefix="rename")
    merge = MergeForm(request.POST if deed == "merge" else None, prefix="merge")
    leave = WhyForm(request.POST if deed == "leave" else None, prefix="leave")
    forms = {"rename": (rename, _rename), "merge": (merge, _merge), "leave": (leave, _leave)}
    if deed in forms:
        form, doing = forms[deed]
        if done(form, lambda: say(request, doing(request, row, form.cleaned_data))):
            return redirect("institution_change", slug=slug)
        row = found_or_404(institution_row(slug))
    context = {"institution": row, "rename": rename, "merge": merge, "leave": leave}
    title = _("Rename, merge or leave")
    return show(request, "institutions/institution_change.html", title, context, crumbs=_crumbs())


def _titles(row: Institution) -> dict[str, str]:
    return {
        "legal_en": row.legal_title_en,
        "legal_fr": row.legal_title_fr,
        "applied_en": row.applied_title_en,
        "applied_fr": row.applied_title_fr,
    }


def _rename(request: ActingRequest, row: Institution, said: dict[str, Any]) -> str:
    is_changed = joining.rename_institution(
        actor=request.actor,
        institution=row,
        legal=Text(said["legal_en"], said["legal_fr"]),
        applied=Text(said["applied_en"], said["applied_fr"]),
        year=said["year"],
    )
    return _("The new title stands; the former one is kept.") if is_changed else _("Nothing was changed.")


def _merge(request: ActingRequest, row: Institution, said: dict[str, Any]) -> str:
    into = institution_row(said["into"])
    if into is None:
        raise ParvisError(_("No institution has the slug “%(slug)s”.") % {"slug": said["into"]})
    people = joining.People(said["people"])
    return told(joining.merge_institution(actor=request.actor, institution=row, into=into, people=people))


def _leave(request: ActingRequest, row: Institution, said: dict[str, Any]) -> str:
    return told(joining.leave(actor=request.actor, institution=row, why=said["why"]))


def told(moved: joining.Moved) -> str:
    """Say in the reader's language what a merge or a leaving did."""
    parts = [
        ngettext("%(n)d role ended", "%(n)d roles ended", moved.ended) % {"n": moved.ended},
        ngettext("%(n)d role moved", "%(n)d roles moved", moved.moved) % {"n": moved.moved},
        ngettext("%(n)d invitation revoked", "%(n)d invitations revoked", moved.revoked)
        % {"n": moved.revoked},
    ]
    return f"{', '.join(parts)}."
