from django.apps import AppConfig


class InstitutionsConfig(AppConfig):
    """The room, as Django knows it."""

    name = "parvis.institutions"
    label = "institutions"

    def ready(self) -> None:
        """Make institutions findable, and give people the roles that they hold."""
        from parvis.accounts.granting import register_grants  # noqa: PLC0415  # models are ready only now
        from parvis.institutions.findable import SOURCE  # noqa: PLC0415  # as above
        from parvis.institutions.queries.memberships import grants_in_force  # noqa: PLC0415  # as above
        from parvis.search.sources import register  # noqa: PLC0415  # as above

        register(SOURCE)
        register_grants("institutions", grants_in_force)
