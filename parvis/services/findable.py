"""How services become findable."""

from collections.abc import Iterable, Iterator, Sequence

from parvis.core.bilingual import Provenance, Text
from parvis.institutions import queries as institutions
from parvis.search.sources import SearchDocument, SearchSource
from parvis.services.models import Service, ServiceStandard, ServiceYear
from parvis.services.states import SERVICE_KIND
from parvis.services.vocabulary import meaning

CODES = ("service_type", "client_target_groups")  # whose words are found with the description


def service_ids() -> Iterator[str]:
    """Yield the public ids of all services with a record that stands, in the order in which they were first seen."""
    return Service.objects.reported().order_by("pk").values_list("public_id", flat=True).iterator()


def service_documents(public_ids: Sequence[str]) -> Iterable[SearchDocument]:
    """Give what search needs of each, as its last year has it; one that is gone is left out."""
    rows = list(Service.objects.reported().filter(public_id__in=public_ids).order_by("pk"))
    known = institutions.references(row.institution_id for row in rows if row.institution_id is not None)
    latest = _latest(rows)
    promises = _promises(rows)
    for row in rows:
        record, institution = latest.get(row.pk), known.get(row.institution_id or 0)
        if record is None:
            continue
        english, _bar, french = row.institution_as_written.partition(" | ")
        yield SearchDocument(
            public_id=row.public_id,
            title=row.name,
            body=_body(record, promises.get(row.pk, [])),
            provenance={
                "en": Provenance.SOURCE if record.service_name_en else Provenance.MISSING,
                "fr": Provenance.SOURCE if record.service_name_fr else Provenance.MISSING,
            },
            institution=institution.slug if institution else "",
            institution_title=institution.title if institution else Text(english, french or english),
            jurisdiction=institution.jurisdiction if institution else "",
            jurisdiction_title=institution.jurisdiction_title if institution else Text(),
            year=record.year,
            identifiers=(row.service_id,),
            is_invented=row.is_invented,
        )


def resolve_service(target: str) -> Sequence[str]:
    """Find the services that an evaluation's target names by their identifier."""
    return list(
        Service.objects.reported().filter(service_id=target.strip()).values_list("public_id", flat=True)
    )


def _latest(rows: Sequence[Service]) -> dict[int, ServiceYear]:
    records = ServiceYear.objects.current().filter(service__in=rows).defer("cells").order_by("year")
    return {record.service_id: record for record in records}


def _promises(rows: Sequence[Service]) -> dict[int, list[Text]]:
    found: dict[int, list[Text]] = {}
    for standard in ServiceStandard.objects.filter(service__in=rows, last_year__isnull=False).order_by("pk"):
        found.setdefault(standard.service_id, []).append(standard.name)
    return found


def _body(record: ServiceYear, promises: Sequence[Text]) -> Text:
    words = [meaning(column, code) for column in CODES for code in getattr(record, column)]
    program = Text(record.program_name_en.strip("'\""), record.program_name_fr.strip("'\""))
    parts = [record.description, *promises, program, *words]
    return Text(
        "\n".join(part.en for part in parts if part.en), "\n".join(part.fr for part in parts if part.fr)
    )


SERVICES = SearchSource(
    kind=SERVICE_KIND,
    title=Text("Services", "Services"),
    url_name="service_detail",
    public_ids=service_ids,
    documents=service_documents,
    resolve_target=resolve_service,
    is_description=True,
)
