"""A load begins, and ends; what its source no longer holds is withdrawn."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from parvis.audit.actions import append_event
from parvis.core.action import action, require
from parvis.core.actor import Actor
from parvis.core.states import advance
from parvis.disclosure import policy
from parvis.disclosure.events import DisclosureEvent
from parvis.disclosure.models import (
    ClassOfRecords,
    Load,
    LoadProblem,
    PersonalInformationBank,
    Source,
    Summary,
)
from parvis.disclosure.states import INVENTED_SOURCE, SUMMARY_KIND, HoldingKind
from parvis.search.actions import announce_changes
from parvis.tables.problems import Problem
from parvis.tables.states import COMPLETE, INTERRUPT, LoadState

MOST = 0.5  # a file that lacks more than this part of the records withdraws nothing by itself
MANY = 0.2  # nor one that lacks more than this part, where those are more than
MANY_RECORDS = 100

MODELS: Mapping[str, type[Summary] | type[ClassOfRecords] | type[PersonalInformationBank]] = {
    SUMMARY_KIND: Summary,
    HoldingKind.CLASS_OF_RECORDS.value: ClassOfRecords,
    HoldingKind.PERSONAL_INFORMATION_BANK.value: PersonalInformationBank,
}


@dataclass(frozen=True, slots=True)
class Started:
    """A load that runs, and whether an earlier one of its source had stopped in the middle."""

    load: Load
    goes_on: bool


@dataclass(slots=True)
class Withdrawals:
    """What a complete load found missing, by kind: public ids withdrawn, or how many wait to be confirmed."""

    withdrawn: dict[str, list[str]] = field(default_factory=dict)
    held: int = 0

    @property
    def count(self) -> int:
        """How many were withdrawn."""
        return sum(map(len, self.withdrawn.values()))


@action
def start_load(
    *,
    actor: Actor,
    source: str,
    holds: str,
    file_name: str,
    file_digest: str,
    layout: str,
) -> Started:
    """Note that a load of `source` begins. A load of it that was killed is noted as interrupted."""
    require(policy.can_load_files(actor), _("Only this installation’s staff may load files."))
    row, _is_new = Source.objects.get_or_create(
        name=source, holds=holds, defaults={"is_invented": source == INVENTED_SOURCE}
    )
    stopped = list(Load.objects.filter(source=row, state=LoadState.RUNNING))
    for load in stopped:
        advance(load, INTERRUPT, finished_at=timezone.now())
        append_event(DisclosureEvent.LOAD_INTERRUPTED, actor=actor, subject=load, source=source)
    load = Load.objects.create(
        source=row, file_name=file_name[-300:], file_digest=file_digest, layout=layout[:100]
    )
    append_event(
        DisclosureEvent.LOAD_STARTED,
        actor=actor,
        subject=load,
        source=source,
        file=file_name,
        digest=file_digest,
        layout=layout,
    )
    return Started(load, bool(stopped))


def _forget_problems(loads: "models.QuerySet[Load]") -> None:
    """Remove what earlier loads found.

    They are named one by one: of rows that are new PostgreSQL has no figures yet, and plans a join that takes minutes.
    """
    LoadProblem.objects.filter(load__in=list(loads.values_list("pk", flat=True))).delete()


@action
def complete_load(
    *,
    actor: Actor,
    load: Load,
    seen: Mapping[str, Collection[int]] | None,
    counts: Mapping[str, Any],
    problems: Sequence[Problem],
    confirm_withdrawals: bool = False,
) -> Withdrawals:
    """Withdraw what the file no longer holds, unless that is most of it, and note what the load did.

    `seen` gives, for each kind that the source holds, the keys of the rows that it still has; None where more of its
    files follow, so that nothing can be called missing yet.
    """
    require(policy.can_load_files(actor), _("Only this installation’s staff may load files."))
    withdrawals = _withdraw(load, seen, confirm=confirm_withdrawals) if seen is not None else Withdrawals()
    _forget_problems(Load.objects.filter(source=load.source, file_name=load.file_name))
    LoadProblem.objects.bulk_create([_problem(load, problem) for problem in problems], batch_size=2000)
    now = timezone.now()
    Source.objects.filter(pk=load.source_id).update(last_loaded_at=now)
    whole = {**counts, "withdrawn": withdrawals.count}
    advance(load, COMPLETE, finished_at=now, counts=whole, withdrawals_held=withdrawals.held)
    append_event(
        DisclosureEvent.LOAD_COMPLETED, actor=actor, subject=load, source=load.source.name, counts=whole
    )
    for kind, public_ids in withdrawals.withdrawn.items():
        announce_changes(kind=kind, public_ids=public_ids)
        append_event(
            DisclosureEvent.WITHDRAWN,
            actor=actor,
            subject=load,
            source=load.source.name,
            kind=kind,
            public_ids=public_ids,
        )
    if withdrawals.held:
        append_event(
            DisclosureEvent.WITHDRAWAL_HELD,
            actor=actor,
            subject=load,
            source=load.source.name,
            records=withdrawals.held,
        )
    return withdrawals


def _withdraw(load: Load, seen: Mapping[str, Collection[int]], *, confirm: bool) -> Withdrawals:
    missing: dict[str, set[int]] = {}
    standing = 0
    for kind, keys in seen.items():
        kept = set(_standing(kind, load).values_list("pk", flat=True))
        standing += len(kept)
        missing[kind] = kept - set(keys)
    total = sum(map(len, missing.values()))
    if total and not confirm and _is_suspicious(missing=total, standing=standing):
        return Withdrawals(held=total)
    withdrawn = {}
    for kind, keys in missing.items():
        if not keys:
            continue
        rows = _standing(kind, load).filter(pk__in=keys)
        withdrawn[kind] = sorted(rows.values_list("public_id", flat=True))
        now = timezone.now()
        changes: dict[str, Any] = {"withdrawn_at": now, "changed_at": now}
        if kind == SUMMARY_KIND:
            changes["last_seen_at"] = load.source.last_loaded_at
        rows.update(**changes)
    return Withdrawals(withdrawn)


def _standing(kind: str, load: Load) -> models.QuerySet[Any]:
    return MODELS[kind].objects.filter(source=load.source_id, withdrawn_at__isnull=True)


def _is_suspicious(*, missing: int, standing: int) -> bool:
    """Tell whether so much is missing that the file is more likely cut off than the records gone."""
    return missing > standing * MOST or (missing > MANY_RECORDS and missing > standing * MANY)


def _problem(load: Load, problem: Problem) -> LoadProblem:
    return LoadProblem(
        load=load,
        line=problem.line,
        identifier=problem.identifier[:200],
        is_refused=problem.is_refused,
        reason=problem.reason,
        detail=problem.detail[:500],
    )
