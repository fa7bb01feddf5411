"""A load of a file begins, and ends: what the file no longer has, and what a newer one gives, is set aside."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from parvis.audit.actions import append_event
from parvis.core.action import action, require
from parvis.core.actor import Actor
from parvis.core.states import advance
from parvis.search.actions import announce_changes
from parvis.services import policy
from parvis.services.events import ServicesEvent
from parvis.services.models import (
    DataFile,
    Load,
    LoadProblem,
    Service,
    ServiceStandard,
    ServiceYear,
    Snapshot,
    StandardYear,
)
from parvis.services.refreshing import refresh_services, refresh_standards
from parvis.services.setting_aside import forget_orphans, set_aside
from parvis.services.states import SERVICE_KIND, Holds
from parvis.tables.problems import Problem
from parvis.tables.states import COMPLETE, INTERRUPT, LoadState

MOST = 0.5  # a file that lacks more than this part of its records sets nothing aside by itself
YEARLY: Mapping[str, type[ServiceYear] | type[StandardYear]] = {
    Holds.SERVICES.value: ServiceYear,
    Holds.STANDARDS.value: StandardYear,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFacts:
    """What is known of a file before its rows are taken."""

    name: str
    holds: str
    layout: str
    generation: int
    main_year: int | None
    digest: str
    snapshot_on: date | None = None
    is_invented: bool = False


@dataclass(frozen=True, slots=True)
class Started:
    """A load that runs, and whether an earlier one of its file had stopped in the middle."""

    load: Load
    goes_on: bool


@dataclass(slots=True)
class Completed:
    """What the end of a load did beside its rows; `held` records are gone from the file, too many to believe it."""

    gone: int = 0
    superseded: int = 0
    held: int = 0


@action
def start_load(*, actor: Actor, facts: FileFacts) -> Started:
    """Note that a load of a file begins. A load of it that was killed is noted as interrupted."""
    require(policy.can_load_files(actor), _("Only this installation’s staff may load files."))
    snapshot = None
    if facts.snapshot_on:
        snapshot, _is_new = Snapshot.objects.get_or_create(
            label=facts.snapshot_on.isoformat(), defaults={"taken_on": facts.snapshot_on}
        )
    file, _is_new = DataFile.objects.update_or_create(
        name=facts.name[:200],
        holds=facts.holds,
        defaults={
            "layout": facts.layout,
            "generation": facts.generation,
            "main_year": facts.main_year,
            "snapshot": snapshot,
            "digest": facts.digest,
            "is_invented": facts.is_invented,
        },
    )
    stopped = list(Load.objects.filter(file=file, state=LoadState.RUNNING))
    for load in stopped:
        advance(load, INTERRUPT, finished_at=timezone.now())
        append_event(ServicesEvent.LOAD_INTERRUPTED, actor=actor, subject=load, file=facts.name)
    load = Load.objects.create(file=file, digest=facts.digest)
    append_event(
        ServicesEvent.LOAD_STARTED,
        actor=actor,
        subject=load,
        file=facts.name,
        digest=facts.digest,
        layout=facts.layout,
    )
    return Started(load, bool(stopped))


@action
def complete_load(
    *,
    actor: Actor,
    load: Load,
    seen: Iterable[int],
    counts: Mapping[str, Any],
    problems: Sequence[Problem],
    confirm_withdrawals: bool = False,
) -> Completed:
    """Set aside what the file no longer has and what it supersedes; note what the load did.

    `seen` are the keys of the yearly records that the file's rows stand for.
    """
    require(policy.can_load_files(actor), _("Only this installation’s staff may load files."))
    done = Completed()
    if load.file.holds in YEARLY:
        _set_aside_gone(load, set(seen), done, confirm=confirm_withdrawals)
        _set_aside_superseded(load, done)
        if done.gone or done.superseded:
            forget_orphans()
        if done.gone or done.superseded or counts.get("new") or counts.get("changed"):
            announce_changes(kind=SERVICE_KIND, public_ids=refresh_services())
            refresh_standards()
        _tell_the_planner()
    earlier = list(
        load.file.loads.values_list("pk", flat=True)
    )  # by name: of new rows the planner knows nothing
    LoadProblem.objects.filter(load__in=earlier).delete()
    LoadProblem.objects.bulk_create([_problem(load, problem) for problem in problems], batch_size=2000)
    now = timezone.now()
    DataFile.objects.filter(pk=load.file_id).update(last_loaded_at=now)
    whole = {**counts, "gone": done.gone, "superseded": done.superseded, "held": done.held}
    advance(load, COMPLETE, finished_at=now, counts=whole)
    append_event(ServicesEvent.LOAD_COMPLETED, actor=actor, subject=load, file=load.file.name, counts=whole)
    return done


def _tell_the_planner() -> None:
    """Have PostgreSQL count the tables anew: a first load fills them faster than it would notice by itself."""
    tables = ", ".join(
        connection.ops.quote_name(model._meta.db_table)  # noqa: SLF001  # documented
        for model in (Service, ServiceStandard, ServiceYear, StandardYear)
    )
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {tables}")


def _set_aside_gone(load: Load, seen: set[int], done: Completed, *, confirm: bool) -> None:
    rows = YEARLY[load.file.holds].objects.filter(file=load.file)
    standing = set(rows.values_list("pk", flat=True))
    gone = standing - seen
    if gone and not confirm and len(gone) > len(standing) * MOST:
        done.held = len(gone)
        return
    done.gone = len(gone)
    set_aside(rows.filter(pk__in=gone), replaced_by=None)


def _set_aside_superseded(load: Load, done: Completed) -> None:
    """Set aside what files of older generations give of a year and institution that this file covers."""
    if load.file.snapshot_id is not None:
        return
    model = YEARLY[load.file.holds]
    covered = set(
        model.objects.current()
        .filter(file=load.file)
        .values_list("year", "institution_id", "owner_org_title")
        .distinct()
    )
    keys = {(year, institution or title) for year, institution, title in covered}
    years = {year for year, _owner in keys}
    older = (
        model.objects.current()
        .filter(year__in=years, file__generation__lt=load.file.generation, edited_at__isnull=True)
        .values_list("pk", "year", "institution_id", "owner_org_title")
    )
    fallen = [pk for pk, year, institution, title in older if (year, institution or title) in keys]
    done.superseded = len(fallen)
    set_aside(model.objects.filter(pk__in=fallen), replaced_by=load.file)


def _problem(load: Load, problem: Problem) -> LoadProblem:
    return LoadProblem(
        load=load,
        line=problem.line,
        identifier=problem.identifier[:200],
        is_refused=problem.is_refused,
        reason=problem.reason,
        detail=problem.detail[:500],
    )
