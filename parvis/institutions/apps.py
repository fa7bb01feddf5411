from django.apps import AppConfig


class InstitutionsConfig(AppConfig):
    """The room, as Django knows it."""

    name = "parvis.institutions"
    label = "institutions"

    def ready(self) -> None:
        """Make institutions findable, give people their roles, and register messages, staff pages and ways."""
        from parvis.accounts.acting import register_acting_institution  # noqa: PLC0415  # models are ready only now
        from parvis.accounts.granting import register_grants  # noqa: PLC0415  # as above
        from parvis.accounts.menu import register_account_way  # noqa: PLC0415  # as above
        from parvis.institutions import notices, staff  # noqa: PLC0415  # as above
        from parvis.institutions.findable import SOURCE  # noqa: PLC0415  # as above
        from parvis.institutions.queries import memberships  # noqa: PLC0415  # as above
        from parvis.mail.registry import register_mail  # noqa: PLC0415  # as above
        from parvis.search.sources import register  # noqa: PLC0415  # as above
        from parvis.theme.staff import register_staff_page  # noqa: PLC0415  # as above

        register(SOURCE)
        register_grants("institutions", memberships.grants_in_force)
        register_acting_institution(memberships.acting_institution)
        register_account_way(staff.ROLES)
        register_mail(*notices.ALL)
        for page in staff.PAGES:
            register_staff_page(page)
