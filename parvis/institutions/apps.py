from django.apps import AppConfig


class InstitutionsConfig(AppConfig):
    """The room, as Django knows it."""

    name = "parvis.institutions"
    label = "institutions"

    def ready(self) -> None:
        """Make institutions findable."""
        from parvis.institutions.findable import SOURCE  # noqa: PLC0415  # models are ready only now
        from parvis.search.sources import register  # noqa: PLC0415  # as above

        register(SOURCE)
