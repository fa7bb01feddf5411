"""The addresses of this room: its workshops' and those of the desk, under /en/ and /fr/."""

from django.urls import URLPattern, path

from parvis.access import fee_views, views
from parvis.access.intake import urls as intake
from parvis.theme.addresses import address

languages: list[URLPattern] = [
    *intake.languages,
    path(address("staff/requests", "personnel/demandes"), views.desk, name="access_desk"),
    path(address("cases/<slug:public_id>", "dossiers/<slug:public_id>"), views.case, name="access_case"),
    path(
        address("cases/<slug:public_id>/fee", "dossiers/<slug:public_id>/droits"),
        fee_views.fee_came,
        name="access_fee_came",
    ),
    path(
        address("cases/<slug:public_id>/requester", "dossiers/<slug:public_id>/demandeur"),
        views.requester,
        name="access_requester",
    ),
    path(
        address(
            "cases/<slug:public_id>/files/<slug:file_id>", "dossiers/<slug:public_id>/fichiers/<slug:file_id>"
        ),
        views.file,
        name="access_file",
    ),
]
neutral: list[URLPattern] = intake.neutral
