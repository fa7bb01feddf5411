from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from parvis.theme.navigation import Place, Way, register_ways
from parvis.theme.staff import StaffPage, register_staff_page
from parvis.web.policy import can_maintain


class WebConfig(AppConfig):
    """The room, as Django knows it."""

    name = "parvis.web"
    label = "web"

    def ready(self) -> None:
        """Lay the ways through the site, and show administrators the one to the maintenance page."""
        from parvis.audit.queries import can_read_trail  # noqa: PLC0415  # models are ready only now

        register_staff_page(
            StaffPage(
                name="maintenance",
                title=_("Maintenance"),
                description=_("How queues, index, disk, trail and backups stand; failed tasks run again."),
                may=can_maintain,
            )
        )
        register_ways(
            Place.HEAD,
            Way(name="search", title=_("Search")),
            Way(name="access_ask", title=_("Ask"), behind=("access_my_file",)),
            Way(name="before_asking", title=_("Before you ask")),
            Way(name="institution_list", title=_("Institutions"), behind=("institution_detail",)),
            Way(name="law_list", title=_("Time and law"), behind=("law_detail",)),
            Way(name="about", title=_("About")),
        )
        register_ways(
            Place.FOOT,
            Way(name="about", title=_("About this site")),
            Way(name="how_to_search", title=_("How to search")),
            Way(name="accessibility", title=_("Accessibility")),
            Way(name="privacy", title=_("Privacy")),
            Way(name="verify_document", title=_("Verify a document")),
        )
        register_staff_page(
            StaffPage(
                name="trail",
                title=_("Audit trail"),
                description=_("Who did what and when, sealed against later changes."),
                may=can_read_trail,
            )
        )
