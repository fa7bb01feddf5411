"""Taking reference files: the register of identifiers, program codes, and which programs services belong to."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from parvis.core.action import action, require
from parvis.core.actor import Actor
from parvis.services import policy
from parvis.services.models import ProgramCode, RegisteredService, Service, ServiceYear


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterRow:
    """One identifier as the register has it."""

    service_id: str
    name_en: str
    name_fr: str
    institution_id: int | None
    institution_as_written: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramRow:
    """One program of one institution for a fiscal year, named in the languages that the file has."""

    code: str
    year: int
    names: Mapping[str, str]  # by the column: name_en, name_fr
    institution_id: int | None
    institution_as_written: str


@dataclass(slots=True)
class TakenRegister:
    """How many rows were new, changed and unchanged."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0


@action
def take_register(*, actor: Actor, rows: Sequence[RegisterRow]) -> TakenRegister:
    """Add and correct identifiers; none is ever taken out, since what was once given stays given."""
    require(policy.can_load_files(actor), _("Only this installation’s staff may load files."))
    kept = {one.service_id: one for one in RegisteredService.objects.all()}
    taken, new, changed = TakenRegister(), [], []
    columns = ("name_en", "name_fr", "institution_id", "institution_as_written")
    for row in rows:
        wanted = {name: getattr(row, name) for name in columns}
        if (known := kept.get(row.service_id)) is None:
            new.append(RegisteredService(service_id=row.service_id, **wanted))
        elif any(getattr(known, name) != value for name, value in wanted.items()):
            for name, value in wanted.items():
                setattr(known, name, value)
            changed.append(known)
        else:
            taken.unchanged += 1
    RegisteredService.objects.bulk_create(new, batch_size=1000)
    RegisteredService.objects.bulk_update(
        changed, ["name_en", "name_fr", "institution", "institution_as_written"], batch_size=500
    )
    given = RegisteredService.objects.filter(service_id=OuterRef("key"))
    Service.objects.update(is_registered=Exists(given))
    taken.new, taken.changed = len(new), len(changed)
    return taken


@action
def take_programs(*, actor: Actor, rows: Sequence[ProgramRow]) -> TakenRegister:
    """Add program codes of a fiscal year, and the names that the file gives."""
    require(policy.can_load_files(actor), _("Only this installation’s staff may load files."))
    years = {row.year for row in rows}
    kept = {
        (one.code, one.year, one.institution_id or one.institution_as_written): one
        for one in ProgramCode.objects.filter(year__in=years)
    }
    taken, new = TakenRegister(), dict[tuple[str, int, int | str], ProgramCode]()
    changed: dict[int, ProgramCode] = {}
    for row in rows:
        place = (row.code, row.year, row.institution_id or row.institution_as_written)
        program = kept.get(place) or new.get(place)
        if program is None:
            new[place] = ProgramCode(
                code=row.code,
                year=row.year,
                institution_id=row.institution_id,
                institution_as_written=row.institution_as_written,
                **row.names,
            )
        elif any(getattr(program, name) != said for name, said in row.names.items() if said):
            for name, said in row.names.items():
                setattr(program, name, said or getattr(program, name))
            if program.pk:
                changed[program.pk] = program
        else:
            taken.unchanged += 1
    ProgramCode.objects.bulk_create(new.values(), batch_size=1000)
    ProgramCode.objects.bulk_update(changed.values(), ["name_en", "name_fr"], batch_size=500)
    taken.new, taken.changed = len(new), len(changed)
    return taken


@action
def take_service_programs(*, actor: Actor, rows: Sequence[tuple[int, str, str]]) -> TakenRegister:
    """Give records that have no program codes those that a table names; `rows` are year, identifier and code."""
    require(policy.can_load_files(actor), _("Only this installation’s staff may load files."))
    given: dict[tuple[int, str], list[str]] = defaultdict(list)
    for year, service_id, code in rows:
        if code not in given[year, service_id]:
            given[year, service_id].append(code)
    taken, changed = TakenRegister(), []
    records = (
        ServiceYear.objects.current().filter(year__in={year for year, _id in given}).select_related("service")
    )
    for record in records.defer("cells"):
        codes = given.get((record.year, record.service.key))
        if codes is None:
            continue
        if record.program_id:
            taken.unchanged += 1
            continue
        record.program_id, record.changed_at = sorted(codes), timezone.now()
        changed.append(record)
    ServiceYear.objects.bulk_update(changed, ["program_id", "changed_at"], batch_size=100)
    taken.changed = len(changed)
    return taken
