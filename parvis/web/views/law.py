"""The laws: how long an answer takes and why, with a calculator; and each law as a page that one can read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from babel import Locale
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from parvis.core.bilingual import Text
from parvis.core.pages import public_page
from parvis.core.sort_key import sort_key
from parvis.institutions.queries import jurisdiction_list
from parvis.law import Pack, Refused, pack, packs, places
from parvis.law.model import State
from parvis.law.wording import KINDS, STATES
from parvis.theme.page import Crumb, Page, current_language, render_page
from parvis.web.calculator import AFTER_RECEIPT, calculate, grounds_of, place_choices
from parvis.web.crumbs import home_crumb


@dataclass(frozen=True, slots=True)
class LawLine:
    """One pack as a list shows it."""

    pack: Pack
    state: State
    state_title: Text


@dataclass(frozen=True, slots=True)
class LawsOfGovernment:
    """The laws of one government, those in force first."""

    title: Text
    laws: tuple[LawLine, ...]


@public_page
@require_safe
def law_index(request: HttpRequest) -> HttpResponse:
    """Answer how long it takes under a law, step by step, and list the laws."""
    language = current_language()
    asked = calculate(request.GET)
    governments = _governments(timezone.localdate())
    page = Page(
        title=_("How long does an answer take, and why?"),
        description=_(
            "The time that access to information laws give to answer, federal, provincial and territorial: "
            "a calculator that explains each day, and the laws themselves."
        ),
        crumbs=(home_crumb(),),
        is_indexed=not asked.is_asked,
    )
    context = {
        "asked": asked,
        "governments": governments,
        "places": place_choices(language),
        "kinds": [(str(kind), KINDS[kind].in_(language)) for kind in AFTER_RECEIPT],
        "grounds": grounds_of(asked.due.pack) if asked.due else _all_grounds(asked.law),
    }
    return render_page(request, "web/law_index.html", page, context)


@public_page
@require_safe
def law_page(request: HttpRequest, pack_id: str) -> HttpResponse:
    """Show one law as it is applied here, each value with its section and how sure it is."""
    try:
        shown = pack(pack_id)
    except Refused as refused:
        raise Http404 from refused
    today = timezone.localdate()
    state = shown.state_on(today)
    government = government_title(shown.jurisdiction, _known())
    siblings = [one for one in packs() if one.regime == shown.regime and one.id != shown.id]
    page = Page(
        title=_title(shown, government, has_siblings=bool(siblings)),
        description=_(
            "Time to answer, extensions, exemptions and review under this law, each with its section."
        ),
        crumbs=(home_crumb(), law_crumb()),
    )
    context = {
        "pack": shown,
        "state": STATES[state],
        "is_in_force": state is State.IN_FORCE,
        "government": government,
        "siblings": siblings,
    }
    return render_page(request, "web/law_page.html", page, context)


def _title(shown: Pack, government: Text, *, has_siblings: bool) -> str:
    """Return a title that no other law has: several governments call theirs alike, and laws change."""
    language = current_language()
    when = ""
    if has_siblings and shown.first_day:
        when = f", {shown.first_day.year}"
    elif has_siblings:
        when = f", {STATES[shown.state].in_(language)}"
    return f"{shown.statute.shown(language).text} ({government.shown(language).text}{when})"


def law_crumb() -> Crumb:
    """Return the way to the list of laws."""
    return Crumb(_("Time and law"), reverse("law_list"))


def _governments(today: date) -> list[LawsOfGovernment]:
    """Return the laws of the governments that this installation knows, in their usual order."""
    known = _known()
    by_code: dict[str, list[LawLine]] = {code: [] for code in known}
    for one in packs():
        state = one.state_on(today)
        by_code.setdefault(one.jurisdiction, []).append(LawLine(one, state, STATES[state]))
    return [
        LawsOfGovernment(government_title(code, known), tuple(_in_force_first(laws)))
        for code, laws in by_code.items()
        if laws and (code in known or not known)
    ]


def _in_force_first(laws: Iterable[LawLine]) -> list[LawLine]:
    states = list(State)
    return sorted(laws, key=lambda law: (states.index(law.state), sort_key(law.pack.statute.en)))


def _known() -> dict[str, Text]:
    return {one.code: one.title for one in jurisdiction_list()}


def government_title(code: str, known: dict[str, Text]) -> Text:
    """Return the name of a government: as a jurisdiction, else as a place of the law engine, else of its country."""
    country, _, within = code.partition("-")
    if code in known:
        return known[code]
    if within in places():
        return places()[within].name
    return Text(*(Locale(language).territories.get(country.upper(), code) for language in ("en", "fr")))


def _all_grounds(regime: str) -> list[str]:
    return list(dict.fromkeys(ref for one in packs() if one.regime == regime for ref in grounds_of(one)))
