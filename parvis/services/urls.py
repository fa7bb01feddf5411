"""The pages about services, in both languages. Fixed words stand before identifiers, which are never words."""

from typing import TYPE_CHECKING

from django.urls import URLPattern, path

from parvis.services.views import charts, editions, figures, government, keeping, services
from parvis.theme.addresses import address

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

FIGURES = ("services/figures", "services/chiffres")


def figures_at(rest: str = "") -> "_StrPromise":
    """Return the route of a page about figures."""
    return address(FIGURES[0] + rest, FIGURES[1] + rest)


languages: list[URLPattern] = [
    path(address("staff/services", "personnel/services"), keeping.my_services, name="my_services"),
    path(
        address("staff/services/<slug:public_id>/begin", "personnel/services/<slug:public_id>/commencer"),
        keeping.service_year_begin,
        name="service_year_begin",
    ),
    path(
        address("staff/services/<slug:public_id>/edit", "personnel/services/<slug:public_id>/modifier"),
        keeping.service_year_edit,
        name="service_year_edit",
    ),
    path(
        address("staff/services/<slug:public_id>/measures", "personnel/services/<slug:public_id>/mesures"),
        keeping.measures_edit,
        name="measures_edit",
    ),
    path(
        address("staff/standards/<slug:public_id>/edit", "personnel/normes/<slug:public_id>/modifier"),
        keeping.standard_year_edit,
        name="standard_year_edit",
    ),
    path(address("services", "services"), government.government, name="service_home"),
    path(address("services/list", "services/liste"), services.service_index, name="service_list"),
    path(
        address("services/departments", "services/ministeres"),
        government.departments,
        name="service_departments",
    ),
    path(
        address("services/departments/<slug:slug>", "services/ministeres/<slug:slug>"),
        government.department,
        name="service_department",
    ),
    path(figures_at(), figures.figure_index, name="service_figures"),
    path(figures_at("/<slug:indicator>"), figures.indicator_page, name="service_indicator"),
    path(figures_at("/<slug:indicator>/trend.svg"), charts.trend, name="service_trend"),
    path(figures_at("/<slug:indicator>/<slug:year>"), figures.figure_page, name="service_figure"),
    path(
        figures_at("/<slug:indicator>/<slug:year>/<slug:institution>"),
        figures.figure_page,
        name="service_figure_of",
    ),
    path(address("services/editions", "services/editions"), editions.edition_index, name="service_editions"),
    path(
        address("services/editions/<slug:public_id>", "services/editions/<slug:public_id>"),
        editions.edition_page,
        name="service_edition",
    ),
    path(
        address(
            "services/editions/<slug:public_id>/changes", "services/editions/<slug:public_id>/changements"
        ),
        editions.changes_page,
        name="service_edition_changes",
    ),
    path(
        address("services/standards/<slug:public_id>", "services/normes/<slug:public_id>"),
        services.standard_page,
        name="standard_detail",
    ),
    path(
        address(
            "services/standards/<slug:public_id>/results.svg",
            "services/normes/<slug:public_id>/resultats.svg",
        ),
        charts.standard,
        name="standard_chart",
    ),
    path(
        address("services/<slug:public_id>/standards.svg", "services/<slug:public_id>/normes.svg"),
        charts.service,
        name="service_chart",
    ),
    path(
        address("services/<slug:public_id>", "services/<slug:public_id>"),
        services.service_page,
        name="service_detail",
    ),
]
