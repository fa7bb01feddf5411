"""The journey as data: its steps in their order, when each applies, its question and how its page looks.

The names are those by which `queries/blockers.py` says what is missing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from parvis.access.intake.forms.asked import Question
from parvis.access.intake.forms.asker import ContactForm, FeeForm, MeForm, WhoForm
from parvis.access.intake.forms.wanted import DetailsForm, KindForm, ParticularsForm, WhatForm
from parvis.access.intake.forms.whom import InstitutionsForm
from parvis.access.intake.situation import Situation
from parvis.access.models import Draft

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One page. `en` and `fr` end its address; `short` is how the summary calls it; `form` is None for the summary."""

    name: str
    en: str
    fr: str
    title: "_StrPromise"
    short: "_StrPromise"
    form: type[Question] | None
    template: str = "access/ask/step.html"
    applies: Callable[[Situation], bool]

    @property
    def view_name(self) -> str:
        """The name of its address."""
        return f"access_{self.name}"


def _is_written(now: Situation) -> bool:
    return not now.answers.usual_file and not now.is_of_package


def _is_usual(now: Situation) -> bool:
    return bool(now.answers.usual_file)


def _is_not_usual(now: Situation) -> bool:
    return not now.answers.usual_file


STEPS = (
    Step(
        name="what",
        en="what",
        fr="quoi",
        title=_("What are you looking for?"),
        short=_("What you are looking for"),
        form=WhatForm,
        template="access/ask/what.html",
        applies=_is_written,
    ),
    Step(
        name="institutions",
        en="institutions",
        fr="institutions",
        title=_("Which institutions would you like to ask?"),
        short=_("Institutions"),
        form=InstitutionsForm,
        template="access/ask/institutions.html",
        applies=_is_written,
    ),
    Step(
        name="kind",
        en="kind",
        fr="genre",
        title=_("What kind of request is it?"),
        short=_("Kind"),
        form=KindForm,
        template="access/ask/kind.html",
        applies=_is_written,
    ),
    Step(
        name="particulars",
        en="your-file",
        fr="votre-dossier",
        title=_("What is needed to find your file"),
        short=_("Your file"),
        form=ParticularsForm,
        applies=_is_usual,
    ),
    Step(
        name="details",
        en="details",
        fr="precisions",
        title=_("Which period, and in which form?"),
        short=_("Period and form"),
        form=DetailsForm,
        template="access/ask/details.html",
        applies=_is_not_usual,
    ),
    Step(
        name="who",
        en="who",
        fr="qui",
        title=_("Who are you?"),
        short=_("Who asks"),
        form=WhoForm,
        template="access/ask/who.html",
        applies=_is_not_usual,
    ),
    Step(
        name="contact",
        en="contact",
        fr="coordonnees",
        title=_("How can the answer reach you?"),
        short=_("How to reach you"),
        form=ContactForm,
        applies=_is_not_usual,
    ),
    Step(
        name="me",
        en="about-you",
        fr="sur-vous",
        title=_("Who are you, and how can the answer reach you?"),
        short=_("About you"),
        form=MeForm,
        template="access/ask/who.html",
        applies=_is_usual,
    ),
    Step(
        name="fee",
        en="fee",
        fr="droits",
        title=_("The fee"),
        short=_("Application fee"),
        form=FeeForm,
        template="access/ask/fee.html",
        applies=lambda now: bool(now.paid),
    ),
    Step(
        name="review",
        en="review",
        fr="verification",
        title=_("Check, then send"),
        short=_("Check, then send"),
        form=None,
        template="access/ask/review.html",
        applies=lambda _now: True,
    ),
)
BY_NAME = {step.name: step for step in STEPS}
MENDED_AT = {"what": "particulars", "who": "me", "contact": "me", "details": "me"}
"""Where a blocker of a usual file is mended, whose pages bring several questions together."""


def steps_of(now: Situation) -> tuple[Step, ...]:
    """Return the steps that this draft goes through, in their order."""
    return tuple(step for step in STEPS if step.applies(now))


def address_of(step: Step, draft: Draft) -> str:
    """Return the address of a step in the page's language."""
    return reverse(step.view_name, args=[draft.public_id])


def after(step: Step, now: Situation) -> Step:
    """Return the step that follows; the last one follows itself."""
    steps = steps_of(now)
    place = STEPS.index(step)
    return next((one for one in steps if STEPS.index(one) > place), steps[-1])


def before(step: Step, now: Situation) -> Step | None:
    """Return the step that goes before, or None at the first."""
    place = STEPS.index(step)
    return next((one for one in reversed(steps_of(now)) if STEPS.index(one) < place), None)


def first_open(now: Situation) -> Step:
    """Return the first step that was not answered yet; the summary when all were."""
    steps = steps_of(now)
    return next((one for one in steps if one.name not in now.answers.done), steps[-1])


def mended_at(name: str, now: Situation) -> Step:
    """Return the step at which a blocker of this name is mended."""
    wanted = MENDED_AT.get(name, name) if now.answers.usual_file else name
    found = BY_NAME[wanted]
    return found if found.applies(now) else steps_of(now)[0]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one is: step `number` of `of`."""

    number: int
    of: int


def progress(step: Step, now: Situation) -> Progress:
    """Return how far one is. Where the first page chose a file or a record, that page was the first step."""
    steps = steps_of(now)
    begun = 0 if BY_NAME["what"] in steps else 1
    return Progress(steps.index(step) + 1 + begun, len(steps) + begun)
