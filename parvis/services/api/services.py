"""Services and standards as data."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import Query, Router

from parvis.api.paging import Page, Paging, next_address
from parvis.services import describing, exports
from parvis.services.api.files import as_file
from parvis.services.api.schemas import Format, ServiceData, ServiceLine, ServicesWanted
from parvis.services.queries.services import (
    ServiceDetail,
    all_services,
    service_detail,
    service_part,
)

router = Router(auth=None, tags=["services"])


@router.get(
    "/services.{form}",
    operation_id="download_services",
    summary="Download the services that fit | Télécharger les services voulus",
)
def download_services(request: HttpRequest, form: Format, wanted: Query[ServicesWanted]) -> HttpResponse:  # noqa: ARG001  # the framework gives it
    """CSV or Excel. | CSV ou Excel."""
    rows = exports.service_rows(all_services(wanted.filter()))
    return as_file(form, exports.SERVICE_COLUMNS, rows, "services")


@router.get(
    "/services",
    operation_id="list_services",
    summary="List services | Énumérer les services",
    response=Page[ServiceLine],
)
def list_services(
    request: HttpRequest, wanted: Query[ServicesWanted], paging: Query[Paging]
) -> Page[ServiceLine]:
    """In alphabetical order of the English name. | Dans l’ordre alphabétique du nom anglais."""
    items, count = service_part(wanted.filter(), offset=paging.offset, limit=paging.limit, language="en")
    return Page[ServiceLine](
        count=count,
        next=next_address(request, paging, count),
        items=[ServiceLine.of(item) for item in items],
    )


@router.get(
    "/services/{public_id}",
    operation_id="get_service",
    summary="Read one service | Lire un service",
    response=ServiceData,
)
def get_service(request: HttpRequest, public_id: str) -> ServiceData:  # noqa: ARG001  # the framework gives it
    """With its years and standards. | Avec ses exercices et ses normes."""
    return ServiceData.of_detail(_service(public_id))


@router.get(
    "/services/{public_id}/cpsv-ap.jsonld",
    operation_id="get_service_cpsv_ap",
    summary="Read one service as CPSV-AP 3.2 | Lire un service selon CPSV-AP 3.2",
)
def get_service_cpsv_ap(request: HttpRequest, public_id: str) -> HttpResponse:  # noqa: ARG001  # the framework gives it
    """In JSON-LD. | En JSON-LD."""
    found = describing.public_service(_service(public_id))
    return JsonResponse(found, content_type="application/ld+json", json_dumps_params={"ensure_ascii": False})


def _service(public_id: str) -> ServiceDetail:
    found = service_detail(public_id)
    if found is None:
        raise Http404
    return found
