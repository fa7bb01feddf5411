"""The public pages. `languages` stands under /en/ and /fr/; `neutral` speaks to machines and has no language."""

from django.urls import URLPattern, path

from parvis.theme.addresses import address
from parvis.web.views import (
    audit,
    discovery,
    feeds,
    health,
    holdings,
    home,
    institutions,
    law,
    maintenance,
    prose,
    records,
    search,
)

neutral: list[URLPattern] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
    path("", home.choose_language, name="choose_language"),
    path("robots.txt", discovery.robots, name="robots"),
    path("sitemap.xml", discovery.sitemap_index, name="sitemap"),
    path(
        "theme/institutions/<slug:slug>/<slug:digest>.css",
        institutions.institution_colours,
        name="institution_colours",
    ),
    path("sitemap-<slug:section>-<int:number>.xml", discovery.sitemap_part, name="sitemap_part"),
]

languages: list[URLPattern] = [
    path(address("staff/audit", "personnel/piste-d-audit"), audit.trail, name="trail"),
    path(address("staff/audit/export", "personnel/piste-d-audit/export"), audit.export, name="trail_export"),
    path("", home.home, name="home"),
    path(address("feed", "fil"), feeds.latest, name="feed"),
    path("opensearch.xml", discovery.opensearch, name="opensearch"),
    path(address("search", "recherche"), search.search, name="search"),
    path(address("institutions", "institutions"), institutions.institution_index, name="institution_list"),
    path(
        address("institutions/<slug:slug>", "institutions/<slug:slug>"),
        institutions.institution_page,
        name="institution_detail",
    ),
    path(
        address("records/<slug:public_id>", "documents/<slug:public_id>"),
        records.record_page,
        name="summary_detail",
    ),
    path(
        address("records/<slug:public_id>.<slug:suffix>", "documents/<slug:public_id>.<slug:suffix>"),
        records.record_citation,
        name="record_citation",
    ),
    path(
        address("holdings/<slug:public_id>", "fonds/<slug:public_id>"),
        holdings.holding_page,
        name="holding_detail",
    ),
    path(address("staff/maintenance", "personnel/entretien"), maintenance.maintenance, name="maintenance"),
    path(
        address("staff/maintenance/retry", "personnel/entretien/reprise"),
        maintenance.retry_job,
        name="retry_job",
    ),
    path(address("law", "loi"), law.law_index, name="law_list"),
    path(address("law/<slug:pack_id>", "loi/<slug:pack_id>"), law.law_page, name="law_detail"),
    *(
        path(address(page.address.en, page.address.fr), prose.show, {"page": page}, name=page.name)
        for page in prose.PAGES
    ),
]
