"""The test before an institution goes live: what can be proven by trying it now. The mail is proven by being opened."""

from typing import Any

from django.http import HttpRequest
from django.urls import resolve, reverse
from django.utils import timezone, translation

from parvis.core.actor import Actor
from parvis.core.bilingual import LANGUAGES, Language
from parvis.institutions.models import Onboarding
from parvis.law import Refused, pack_for

OK = 200


def run(row: Onboarding) -> list[dict[str, Any]]:
    """Return the outcome of each check: what was checked, of what, and whether it passed."""
    institution = row.institution
    found = [_outcome("law", regime, passed=_is_in_force(regime)) for regime in row.regimes]
    found += [
        _outcome("page", language, passed=_answers(institution.slug, language)) for language in LANGUAGES
    ]
    for language in LANGUAGES:
        said = bool(row.welcome.in_(language) and institution.title.in_(language))
        found.append(_outcome("wording", language, passed=said))
    return found


def _outcome(check: str, of: str, *, passed: bool) -> dict[str, Any]:
    return {"check": check, "of": of, "passed": passed}


def _is_in_force(regime: str) -> bool:
    try:
        pack_for(regime, timezone.localdate())
    except Refused:
        return False
    return True


def _answers(slug: str, language: Language) -> bool:
    """Ask the public page of the institution, as a visitor would, without leaving this process."""
    with translation.override(language):
        request = HttpRequest()
        request.method, request.path = "GET", reverse("institution_detail", args=[slug])
        request.META = {"SERVER_NAME": "localhost", "SERVER_PORT": "80", "REMOTE_ADDR": "127.0.0.1"}
        request.actor = Actor.public()  # type: ignore[attr-defined]  # ActingRequest names its type
        match = request.resolver_match = resolve(request.path)
        try:
            return bool(match.func(request, *match.args, **match.kwargs).status_code == OK)
        except Exception:  # noqa: BLE001  # a page that fails in whatever way has not passed
            return False
