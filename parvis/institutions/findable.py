"""What search is told of institutions."""

from collections.abc import Iterable, Iterator, Sequence

from parvis.core.bilingual import Text
from parvis.institutions import queries
from parvis.institutions.queries import InstitutionDetail
from parvis.search.sources import SearchDocument, SearchSource

KIND = "institution"


def public_ids() -> Iterable[str]:
    """Return the slug of every institution, in a stable order; those that ended are found too."""
    return queries.slugs()


def documents(slugs: Sequence[str]) -> Iterator[SearchDocument]:
    """Yield what can be found of each of these institutions; one that is gone is left out."""
    for detail in queries.institution_details(slugs):
        yield _document(detail)


def _document(detail: InstitutionDetail) -> SearchDocument:
    names = [detail.legal_title, *(name.title for name in detail.former_names)]
    acronyms = (detail.acronym.en, detail.acronym.fr, detail.open_data_slug)
    return SearchDocument(
        public_id=detail.reference.slug,
        title=detail.title,
        body=Text(
            "\n".join([detail.purpose.en, *(name.en for name in names)]).strip(),
            "\n".join([detail.purpose.fr, *(name.fr for name in names)]).strip(),
        ),
        institution=detail.reference.slug,
        institution_title=detail.title,
        jurisdiction=detail.jurisdiction.code,
        jurisdiction_title=detail.jurisdiction.title,
        identifiers=tuple(dict.fromkeys(text for text in (*acronyms, *_texts(names)) if text)),
    )


def _texts(names: Sequence[Text]) -> Iterator[str]:
    for name in names:
        yield from (name.en, name.fr)


SOURCE = SearchSource(
    kind=KIND,
    title=Text("Institutions", "Institutions"),
    url_name="institution_detail",
    public_ids=public_ids,
    documents=documents,
    is_description=True,
)
