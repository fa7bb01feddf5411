"""What a file would do, row by row, before anything is done: the preview and the confirmation follow one plan."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.text import slugify
from django.utils.translation import gettext as _

from parvis.core.bilingual import LANGUAGES
from parvis.core.roles import Role
from parvis.core.sort_key import sort_key
from parvis.institutions import answers
from parvis.institutions.checklist import Section
from parvis.institutions.models import (
    Institution,
    Invitation,
    Jurisdiction,
    Membership,
    Onboarding,
    OnboardingFile,
)
from parvis.institutions.spreadsheets import FileRow

NEW = ("jurisdiction", "kind", "legal_title_en", "legal_title_fr")
TITLES = ("legal_title_en", "legal_title_fr", "applied_title_en", "applied_title_fr")
SEPARATED = frozenset({"regimes", "languages", "channels", "fee_means"})
YES, NO = frozenset({"yes", "oui", "true", "vrai", "1"}), frozenset({"no", "non", "false", "faux", "0"})
INVITED = {"head_email": Role.HEAD, "officer_email": Role.OFFICER}
SECTIONS = (
    Section.CONTACT,
    Section.STATUTES,
    Section.LANGUAGES,
    Section.FEES,
    Section.CHANNELS,
    Section.DELEGATION,
    Section.WORDING,
)


@dataclass(slots=True)
class RowPlan:
    """What one row would do. `outcome` is new, changed, unchanged or refused; `reasons` say why it is refused."""

    line: int
    slug: str
    title: str = ""
    institution: Institution | None = None
    is_joining: bool = False
    new: dict[str, Any] = field(default_factory=dict)  # columns of an institution that is to be made
    sections: dict[Section, dict[str, Any]] = field(default_factory=dict)  # only what changes
    invitations: list[tuple[Role, str, str]] = field(default_factory=list)  # role, address, language
    reasons: list[str] = field(default_factory=list)

    @property
    def outcome(self) -> str:
        """What would become of it."""
        if self.reasons:
            return "refused"
        if self.new or self.is_joining:
            return "new"
        return "changed" if self.sections or self.invitations else "unchanged"

    @property
    def fields(self) -> tuple[str, ...]:
        """The answers that would change."""
        return tuple(name for values in self.sections.values() for name in values)


@dataclass(slots=True)
class _Known:
    """What the database holds now, read once."""

    institutions: dict[str, Institution]
    onboardings: dict[int, Onboarding]
    jurisdictions: dict[str, Jurisdiction]
    taken: set[tuple[int, str, str]]  # institution, role, address: invited or held


def plan(rows: Sequence[FileRow], on: date) -> tuple[RowPlan, ...]:
    """Return what each row would do now. Nothing is written."""
    known = _known(rows)
    times = Counter(row.cells.get("slug", "") for row in rows)
    return tuple(_plan(row, known, on, is_double=times[row.cells.get("slug", "")] > 1) for row in rows)


def rows_of(file: OnboardingFile) -> tuple[FileRow, ...]:
    """Return the rows of a file that was kept."""
    return tuple(FileRow(row["line"], row["cells"]) for row in file.rows)


def counts(plans: Iterable[RowPlan]) -> dict[str, int]:
    """Return how many rows come out how; they add up to the rows of the file."""
    found = Counter(one.outcome for one in plans)
    return {name: found[name] for name in ("new", "changed", "unchanged", "refused")}


def _known(rows: Sequence[FileRow]) -> _Known:
    slugs = {row.cells.get("slug", "") for row in rows}
    institutions = {
        row.slug: row
        for row in Institution.objects.filter(slug__in=slugs).select_related("jurisdiction__parent")
    }
    ids = [row.pk for row in institutions.values()]
    onboardings = {row.institution_id: row for row in Onboarding.objects.filter(institution__in=ids)}
    for row in institutions.values():
        if row.pk in onboardings:
            onboardings[row.pk].institution = row
    taken = set(
        Membership.objects.filter(institution__in=ids)
        .not_over()
        .values_list("institution_id", "role", "person__email")
    ) | set(
        Invitation.objects.filter(institution__in=ids)
        .waiting()
        .values_list("institution_id", "role", "address")
    )
    jurisdictions = {row.code: row for row in Jurisdiction.objects.select_related("parent")}
    return _Known(institutions, onboardings, jurisdictions, taken)


def _plan(row: FileRow, known: _Known, on: date, *, is_double: bool) -> RowPlan:
    slug = row.cells.get("slug", "")
    found = RowPlan(row.line, slug)
    if not slug or slug != slugify(slug):
        found.reasons.append(_("The slug has small letters, digits and hyphens only, and is never empty."))
        return found
    if is_double:
        found.reasons.append(_("The file has this slug more than once. Keep one row of it."))
        return found
    institution = known.institutions.get(slug)
    if institution is None:
        institution = _new_institution(row.cells, known, found)
        if institution is None:
            return found
    elif not institution.is_standing:
        found.reasons.append(_("This institution has ended. Name its successor."))
        return found
    else:
        _refuse_other_titles(row.cells, institution, found)
    found.institution = institution
    found.title = institution.title.en
    onboarding = known.onboardings.get(institution.pk) if institution.pk else None
    found.is_joining = onboarding is None or onboarding.state == "left"
    _plan_answers(row.cells, onboarding or Onboarding(institution=institution), found, on)
    _plan_invitations(row.cells, institution, known, found)
    return found


def _new_institution(cells: Mapping[str, str], known: _Known, found: RowPlan) -> Institution | None:
    missing = [column for column in NEW if not cells.get(column)]
    if missing:
        found.reasons.append(
            _("No institution has this slug; to make it, give %(columns)s as well.")
            % {"columns": ", ".join(missing)}
        )
        return None
    place = known.jurisdictions.get(cells["jurisdiction"])
    if place is None:
        found.reasons.append(_("no jurisdiction has the code %(code)s") % {"code": cells["jurisdiction"]})
        return None
    columns = {name: cells.get(name, "") for name in ("kind", *TITLES)}
    made = Institution(slug=found.slug, jurisdiction=place, **columns)
    try:
        made.clean_fields(exclude=["sort_key_en", "sort_key_fr"])
    except ValidationError as error:
        found.reasons += _said(error)
        return None
    found.new = columns | {"jurisdiction": place}
    return made


def _refuse_other_titles(cells: Mapping[str, str], institution: Institution, found: RowPlan) -> None:
    """Refuse to rename: another title may be a slip in the slug, and a name has a year in which it ended."""
    own = [institution.title, institution.legal_title]
    for column in TITLES:
        given = cells.get(column)
        titles = {sort_key(title.fr if column.endswith("_fr") else title.en) for title in own}
        if given and sort_key(given) not in titles:
            found.reasons.append(
                _(
                    "%(column)s is not a title of this institution. Correct it, or rename the institution first."
                )
                % {"column": column}
            )


def _plan_answers(cells: Mapping[str, str], onboarding: Onboarding, found: RowPlan, on: date) -> None:
    for section in SECTIONS:
        given = {name: cells[name] for name in answers.FIELDS[section] if name in cells}
        try:
            values = {name: _value(name, text) for name, text in given.items()}
        except ValueError as error:
            found.reasons.append(str(error))
            continue
        before = answers.kept(onboarding, section)
        whole = before | values
        if not values:
            continue
        faults = answers.faults(section, whole, onboarding.institution, on) | _field_faults(
            onboarding, section, values
        )
        found.reasons += [f"{name}: {fault}" for name, fault in faults.items()]
        changed = {name: value for name, value in values.items() if before[name] != value}
        if changed:
            found.sections[section] = changed


def _field_faults(onboarding: Onboarding, section: Section, values: Mapping[str, Any]) -> dict[str, str]:
    holder: Any = onboarding.institution if section is Section.CONTACT else onboarding
    found: dict[str, str] = {}
    for name, value in values.items():
        try:
            holder._meta.get_field(name).clean(value, holder)  # noqa: SLF001  # documented
        except ValidationError as error:
            found[name] = " ".join(error.messages)
    return found


def _plan_invitations(
    cells: Mapping[str, str], institution: Institution, known: _Known, found: RowPlan
) -> None:
    language = cells.get("invite_language", "en")
    if language not in LANGUAGES:
        found.reasons.append(_("invite_language is en or fr."))
        return
    for column, role in INVITED.items():
        for address in cells.get(column, "").replace(";", " ").replace(",", " ").lower().split():
            try:
                validate_email(address)
            except ValidationError:
                found.reasons.append(_("%(column)s: this is no e-mail address.") % {"column": column})
                continue
            if (institution.pk, str(role), address) not in known.taken:
                found.invitations.append((role, address, language))


def _value(name: str, text: str) -> Any:
    if name in SEPARATED:
        return text.replace(";", " ").replace(",", " ").split()
    if name == "fee_amount":
        try:
            return Decimal(text.replace(",", "."))
        except InvalidOperation as error:
            raise ValueError(_("fee_amount is an amount in digits: 2.50.")) from error
    if name == "is_head_deciding":
        if text.casefold() not in YES | NO:
            raise ValueError(_("is_head_deciding is yes or no."))
        return text.casefold() in YES
    return text.lower() if name.startswith("colour") else text


def _said(error: ValidationError) -> list[str]:
    return [f"{name}: {' '.join(messages)}" for name, messages in error.message_dict.items()]
