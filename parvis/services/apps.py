from django.apps import AppConfig


class ServicesConfig(AppConfig):
    """The room, as Django knows it."""

    name = "parvis.services"
    label = "services"

    def ready(self) -> None:
        """Make services findable, and say the way to their pages."""
        from django.utils.translation import gettext_lazy as _  # noqa: PLC0415  # as every import here

        from parvis.search.sources import register  # noqa: PLC0415  # once all is set up
        from parvis.services.findable import SERVICES  # noqa: PLC0415  # as above
        from parvis.services.policy import can_keep_services  # noqa: PLC0415  # as above
        from parvis.theme.navigation import Place, Way, register_ways  # noqa: PLC0415  # once all is set up
        from parvis.theme.staff import StaffPage, register_staff_page  # noqa: PLC0415  # as above

        register_staff_page(
            StaffPage(
                name="my_services",
                title=_("My services"),
                description=_(
                    "See what is missing for this year’s update of the service inventory, and report it."
                ),
                may=can_keep_services,
            )
        )
        behind = (
            *(
                "service_list",
                "service_detail",
                "service_departments",
                "service_department",
                "standard_detail",
            ),
            *("service_figures", "service_indicator", "service_figure", "service_figure_of"),
            *("service_editions", "service_edition", "service_edition_changes"),
        )
        register_ways(Place.HEAD, Way(name="service_home", title=_("Services"), behind=behind))
        register(SERVICES)
