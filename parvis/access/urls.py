"""The addresses of this room: its workshops' and those of the desk, under /en/ and /fr/."""

from django.urls import URLPattern, path

from parvis.access import views, working_views
from parvis.access.intake import urls as intake
from parvis.theme.addresses import address

CASE = ("cases/<slug:public_id>", "dossiers/<slug:public_id>")
working: list[URLPattern] = [
    path(
        address(f"{CASE[0]}/clarify", f"{CASE[1]}/preciser"),
        working_views.clarify,
        name="access_case_clarify",
    ),
    path(address(f"{CASE[0]}/link", f"{CASE[1]}/lier"), working_views.link, name="access_case_link"),
    path(
        address(
            f"{CASE[0]}/links/<slug:other_id>/<slug:relation>/remove",
            f"{CASE[1]}/liens/<slug:other_id>/<slug:relation>/retirer",
        ),
        working_views.unlink,
        name="access_case_unlink",
    ),
    path(address(f"{CASE[0]}/hold", f"{CASE[1]}/conserver"), working_views.hold, name="access_case_hold"),
    path(
        address(f"{CASE[0]}/holds/<slug:hold_id>/lift", f"{CASE[1]}/conservations/<slug:hold_id>/lever"),
        working_views.lift,
        name="access_case_lift",
    ),
]
languages: list[URLPattern] = [
    *intake.languages,
    *working,
    path(address("staff/requests", "personnel/demandes"), views.desk, name="access_desk"),
    path(address("cases/<slug:public_id>", "dossiers/<slug:public_id>"), views.case, name="access_case"),
    path(
        address("cases/<slug:public_id>/fee", "dossiers/<slug:public_id>/droits"),
        working_views.fee_came,
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
