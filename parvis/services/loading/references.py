"""Reference files beside the inventory: the register of identifiers, program codes, programs of services."""

from collections.abc import Callable, Iterator

from parvis.core.actor import Actor
from parvis.services import actions
from parvis.services.actions import ProgramRow, RegisterRow, TakenRegister
from parvis.services.loading.files import TRAILER, InventoryFile
from parvis.services.loading.report import InventoryReport
from parvis.services.reading.cells import Cells, joined
from parvis.services.reading.rows import is_id
from parvis.services.reasons import Doubt, Refusal
from parvis.services.states import Holds
from parvis.tables.problems import Problem

OwnerOf = Callable[[str, str], int | None]  # from a code and a title as written to an institution


def load_reference(*, actor: Actor, file: InventoryFile, report: InventoryReport, owner: OwnerOf) -> None:
    """Load one reference file and count what became of its rows."""
    reader = _Reader(file, report, owner)
    if file.layout.holds == Holds.REGISTER:
        taken = actions.take_register(actor=actor, rows=list(reader.register()))
    elif file.layout.holds == Holds.PROGRAMS:
        taken = actions.take_programs(actor=actor, rows=list(reader.programs()))
    else:
        rows = list(reader.service_programs())
        taken = actions.take_service_programs(actor=actor, rows=rows)
        taken.unchanged = len(rows) - taken.changed
    _count(report, taken)


def _count(report: InventoryReport, taken: TakenRegister) -> None:
    report.counts.update(new=taken.new, changed=taken.changed, unchanged=taken.unchanged)


class _Reader:
    def __init__(self, file: InventoryFile, report: InventoryReport, owner: OwnerOf) -> None:
        self._file, self._report, self._owner = file, report, owner

    def register(self) -> Iterator[RegisterRow]:
        """Yield identifiers, each once."""
        seen: set[str] = set()
        for line, cells in self._cells():
            service_id = cells.word("service_id")
            if not is_id(service_id):
                self._refuse(line, service_id, Refusal.NO_IDENTIFIER)
                continue
            if service_id in seen:
                self._refuse(line, service_id, Refusal.REPEATED)
                continue
            seen.add(service_id)
            names = (cells.word("owner_title_en"), cells.word("owner_title_fr"))
            yield RegisterRow(
                service_id=service_id,
                name_en=cells.text("service_name_en"),
                name_fr=cells.text("service_name_fr"),
                institution_id=self._institution(line, service_id, joined(names)),
                institution_as_written=joined(names)[:300],
            )

    def programs(self) -> Iterator[ProgramRow]:
        """Yield programs and the core responsibilities above them, each once."""
        seen: set[tuple[str, str]] = set()
        year = self._file.main_year
        for line, cells in self._cells():
            title = cells.word("owner_org_title")
            if year is None or not cells.word("code"):
                self._refuse(line, title, Refusal.NO_YEAR if year is None else Refusal.NO_IDENTIFIER)
                continue
            for prefix in ("core_", ""):
                code = cells.word(f"{prefix}code")
                if not code or (code, title) in seen:
                    continue
                seen.add((code, title))
                names = {
                    name: cells.text(f"{prefix}{name}")
                    for name in ("name_en", "name_fr")
                    if f"{prefix}{name}" in self._file.layout.columns
                }
                yield ProgramRow(
                    code=code[:20],
                    year=year,
                    names=names,
                    institution_id=self._institution(line, code, title),
                    institution_as_written=title[:300],
                )

    def service_programs(self) -> Iterator[tuple[int, str, str]]:
        """Yield fiscal year, identifier of the service and program code."""
        for line, cells in self._cells():
            year = cells.year("year")
            if year is None:
                self._refuse(line, cells.word("service_id"), Refusal.NO_YEAR)
                continue
            yield year, cells.word("service_id"), cells.word("program_id")

    def _cells(self) -> Iterator[tuple[int, Cells]]:
        for row in self._file.table.rows():
            if row.cells is None and row.first.startswith(TRAILER):
                continue
            self._report.rows += 1
            if row.cells is None:
                self._refuse(row.line, row.first, Refusal.WRONG_COLUMNS)
                continue
            yield row.line, Cells(self._file.layout, row.cells)

    def _institution(self, line: int, identifier: str, title: str) -> int | None:
        found = self._owner("", title)
        if found is None:
            self._report.problems.append(Problem(line, identifier, False, Doubt.INSTITUTION_UNKNOWN, title))
        return found

    def _refuse(self, line: int, identifier: str, reason: Refusal) -> None:
        self._report.problems.append(Problem(line, identifier[:80], True, reason))
