"""Loading files of the inventory: each read whole, then taken in chunks that stand by themselves."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from django.utils import timezone

from parvis.core.actor import Actor
from parvis.institutions import queries as institutions
from parvis.institutions.queries import Resolver
from parvis.services import actions
from parvis.services.actions import FileFacts, PlacedRow, Taken
from parvis.services.identity import Known, Registered, identify_services, standard_keys
from parvis.services.loading.files import TRAILER, InventoryFile
from parvis.services.loading.references import load_reference
from parvis.services.loading.report import InventoryReport, write_csv
from parvis.services.models import Load, Snapshot
from parvis.services.queries.identities import (
    ReportedServices,
    known_services,
    registered_services,
    reported_services,
    years_of,
)
from parvis.services.reading.rows import ReadRow, RefusedRowError, read_service, read_standard
from parvis.services.reasons import Doubt, Refusal
from parvis.services.states import Holds
from parvis.tables.locks import one_load_of
from parvis.tables.problems import Problem
from parvis.tables.progress import ProgressOf, silent
from parvis.tables.table import digest_of

CHUNK = 500  # rows in one transaction
LOCKED_AS = "inventory"  # one file at a time: files of one year decide together what stands


@dataclass(slots=True)
class Owner:
    """Whose a row is: the institution where one is known, and the key by which rows of one owner are known."""

    institution_id: int | None
    key: str


@dataclass(slots=True)
class Owners:
    """Finds the institution of a row, once for each way of writing it, and doubts what it must."""

    resolver: Resolver
    found: dict[tuple[str, str], tuple[Owner, Doubt | None]] = field(default_factory=dict)

    def of(self, code: str, title: str) -> tuple[Owner, Doubt | None]:
        """Return the owner, and the doubt where no institution is known or code and title disagree."""
        if (code, title) not in self.found:
            answer = self.resolver.resolve(slug=code, title=title)
            doubt = None
            if not answer.is_known:
                doubt = Doubt.INSTITUTION_UNKNOWN
            elif answer.title_disagrees:
                doubt = Doubt.INSTITUTION_DISAGREES
            key = answer.slug or (title.partition(" | ")[0] or code).casefold()
            self.found[code, title] = (Owner(answer.institution_id, key), doubt)
        return self.found[code, title]

    def institution(self, code: str, title: str) -> int | None:
        """Return the institution meant, where one is known."""
        return self.of(code, title)[0].institution_id


def load_files(
    *,
    actor: Actor,
    files: Sequence[InventoryFile],
    is_invented: bool = False,
    confirm_withdrawals: bool = False,
    progress: ProgressOf = silent,
) -> Iterator[InventoryReport]:
    """Load files one after the other. A killed load is completed by the next."""
    owners = Owners(institutions.resolver())
    editions: set[Snapshot | None] = set()
    for file in files:
        began = time.monotonic()
        report = InventoryReport(
            file_name=file.name,
            layout=file.layout.name,
            edition=file.snapshot_on.isoformat() if file.snapshot_on else "",
        )
        with one_load_of(LOCKED_AS, "services"):
            started = actions.start_load(actor=actor, facts=_facts(file, is_invented=is_invented))
            report.goes_on = started.goes_on
            if file.layout.holds in (Holds.SERVICES, Holds.STANDARDS):
                seen = _Loading(actor, started.load, file, report, owners).run(progress)
            else:
                load_reference(actor=actor, file=file, report=report, owner=owners.institution)
                seen = set()
            done = actions.complete_load(
                actor=actor,
                load=started.load,
                seen=seen,
                counts=report.as_counts(),
                problems=report.problems,
                confirm_withdrawals=confirm_withdrawals,
            )
        report.gone, report.replaced, report.held = done.gone, done.superseded, done.held
        report.csv_path = write_csv(report, now=timezone.localtime())
        report.seconds = time.monotonic() - began
        if file.layout.holds in (Holds.SERVICES, Holds.STANDARDS):
            editions.add(started.load.file.snapshot)
        yield report
    for snapshot in editions:
        for year in years_of(snapshot):
            actions.find_faults(actor=actor, year=year, snapshot=snapshot)


def _facts(file: InventoryFile, *, is_invented: bool) -> FileFacts:
    return FileFacts(
        name=file.name,
        holds=file.layout.holds,
        layout=file.layout.name,
        generation=file.layout.generation,
        main_year=file.main_year,
        digest=digest_of(file.table.path),
        snapshot_on=file.snapshot_on,
        is_invented=is_invented,
    )


@dataclass(slots=True)
class _Loading:
    """One file of services or of standards on its way."""

    actor: Actor
    load: Load
    file: InventoryFile
    report: InventoryReport
    owners: Owners

    def run(self, progress: ProgressOf) -> set[int]:
        """Read the file, find whose each row is, take them; return the records that its rows stand for."""
        rows = [(read, self._owner(read)) for read in self._read()]
        is_services = self.file.layout.holds == Holds.SERVICES
        placed = list(self._services(rows) if is_services else self._standards(rows))
        take: Callable[..., Taken] = actions.take_services if is_services else actions.take_standards
        seen: set[int] = set()
        tell = progress(self.file.name)
        for start in range(0, len(placed), CHUNK):
            taken = take(actor=self.actor, load=self.load, rows=placed[start : start + CHUNK])
            seen |= taken.seen
            self.report.counts += taken.counts
            for read, doubt, detail in taken.doubts:
                self._doubt(read, doubt, detail)
            tell(min(start + CHUNK, len(placed)), len(placed))
        return seen

    def _read(self) -> Iterator[ReadRow]:
        read = read_service if self.file.layout.holds == Holds.SERVICES else read_standard
        for row in self.file.table.rows():
            if row.cells is None and row.first.startswith(TRAILER):
                continue
            self.report.rows += 1
            try:
                one = read(row, self.file.layout)
            except RefusedRowError as refusal:
                self.report.problems.append(
                    Problem(row.line, row.first[:80], True, refusal.reason, refusal.detail)
                )
                continue
            if self.file.main_year is not None and one.year != self.file.main_year:
                self._doubt(one, Doubt.OTHER_YEAR, f"{one.year}-{one.year + 1}")
            for doubted in one.doubts:
                self._doubt(one, doubted.reason, doubted.detail)
            yield one

    def _owner(self, read: ReadRow) -> Owner:
        owner, doubt = self.owners.of(read.owner_org, read.owner_org_title)
        if doubt:
            self._doubt(read, doubt, read.owner_org_title or read.owner_org)
        return owner

    def _services(self, rows: Sequence[tuple[ReadRow, Owner]]) -> Iterator[PlacedRow]:
        found = identify_services(
            [(read, owner.key) for read, owner in rows], self._register(), known_services()
        )
        taken: set[tuple[int, str]] = set()
        for (read, owner), identified in zip(rows, found, strict=True):
            if (read.year, identified.key) in taken:
                self.report.problems.append(Problem(read.line, read.identifier, True, Refusal.REPEATED))
                continue
            taken.add((read.year, identified.key))
            for doubted in identified.doubts:
                self._doubt(read, doubted.reason, doubted.detail)
            yield PlacedRow(read, identified.key, owner.institution_id)

    def _standards(self, rows: Sequence[tuple[ReadRow, Owner]]) -> Iterator[PlacedRow]:
        by_year = reported_services(snapshot=self.load.file.snapshot)
        register, known = self._register(), known_services()
        services = [self._service_of(read, owner, (by_year, register, known)) for read, owner in rows]
        numbers = {key: place for place, key in enumerate(dict.fromkeys(services))}
        found = standard_keys(
            (read, numbers[key]) for (read, _owner), key in zip(rows, services, strict=True)
        )
        for (read, owner), service, identified in zip(rows, services, found, strict=True):
            for doubted in identified.doubts:
                self._doubt(read, doubted.reason, doubted.detail)
            yield PlacedRow(read, identified.key, owner.institution_id, service)

    def _service_of(
        self,
        read: ReadRow,
        owner: Owner,
        told: tuple[ReportedServices, dict[str, Registered], dict[str, Known]],
    ) -> str:
        """Return the key of the service that a standard's row means: one reported that year, by owner, then by name."""
        reported, register, known = told
        key = reported.find(
            service_id=read.service_id, year=read.year, institution_id=owner.institution_id, name=read.name
        )
        if key:
            return key
        if not self.file.layout.has_own_identifiers:
            self._doubt(read, Doubt.SERVICE_NOT_REPORTED, read.id_as_written)
        (identified,) = identify_services([(read, owner.key)], register, known)
        return identified.key

    def _register(self) -> dict[str, Registered]:
        return registered_services() if not self.file.layout.has_own_identifiers else {}

    def _doubt(self, read: ReadRow, reason: Doubt, detail: str) -> None:
        self.report.problems.append(Problem(read.line, read.identifier, False, reason, detail))
