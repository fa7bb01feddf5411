"""Bringing many institutions on board from a file: kept for a preview, then confirmed; twice is the same as once."""

from typing import TYPE_CHECKING, cast

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from parvis.audit.actions import append_event
from parvis.core.action import action, require, require_none
from parvis.core.actor import Actor
from parvis.institutions.actions.invitations import invite
from parvis.institutions.actions.onboarding import answer_section, invite_institution
from parvis.institutions.events import InstitutionsEvent
from parvis.institutions.findable import KIND
from parvis.institutions.giving import Term
from parvis.institutions.models import Institution, OnboardingFile
from parvis.institutions.onboarding_files import RowPlan, counts, plan, rows_of
from parvis.institutions.policy.onboarding import can_run_board
from parvis.search.actions import announce_changes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parvis.core.bilingual import Language
    from parvis.institutions.spreadsheets import FileRow

ONLY_CENTRAL = _("Only the central office brings institutions on board.")


@action
def keep_file(*, actor: Actor, name: str, rows: "Sequence[FileRow]") -> OnboardingFile:
    """Keep a file that was read until somebody has looked at what it would do. Nothing else is changed."""
    require(can_run_board(actor), ONLY_CENTRAL)
    kept = [{"line": row.line, "cells": row.cells} for row in rows]
    return OnboardingFile.objects.create(name=name[:200], rows=kept, uploaded_by_id=actor.person_id)


@action
def confirm_file(*, actor: Actor, file: OnboardingFile) -> tuple[RowPlan, ...]:
    """Do what the file says, all of it in one transaction: refused rows are left out, and nothing else is lost."""
    require(can_run_board(actor), ONLY_CENTRAL)
    locked = OnboardingFile.objects.select_for_update().get(pk=file.pk)
    require_none([_("This file was confirmed already.")] if locked.confirmed_at else [])
    plans = plan(rows_of(locked), timezone.localdate())
    for one in plans:
        if one.outcome in {"new", "changed"}:
            _apply(actor, one)
    locked.confirmed_at, locked.counts = timezone.now(), counts(plans)
    locked.rows = []  # they name addresses of people: what was done is in the tables now
    locked.save(update_fields=["confirmed_at", "counts", "rows"])
    append_event(InstitutionsEvent.FILE_CONFIRMED, actor=actor, subject=locked, counts=locked.counts)
    return plans


@action
def discard_file(*, actor: Actor, file: OnboardingFile) -> None:
    """Forget a file that was not confirmed."""
    require(can_run_board(actor), ONLY_CENTRAL)
    OnboardingFile.objects.filter(pk=file.pk, confirmed_at=None).delete()


def _apply(actor: Actor, one: RowPlan) -> None:
    institution = one.institution
    if one.new:
        institution = Institution(slug=one.slug, **one.new)
        institution.keep_sort_keys()
        institution.save()
        announce_changes(kind=KIND, public_ids=[institution.slug])
    if institution is None:
        raise RuntimeError("a row that is not refused has its institution")
    onboarding = invite_institution(actor=actor, institution=institution)
    for section, values in one.sections.items():
        answer_section(actor=actor, onboarding=onboarding, section=section, values=values)
    for role, address, language in one.invitations:
        term = Term(role=role, institution=institution, from_on=timezone.localdate())
        invite(actor=actor, address=address, language=cast("Language", language), term=term)
