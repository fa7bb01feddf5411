from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    """The room, as Django knows it."""

    name = "parvis.disclosure"
    label = "disclosure"

    def ready(self) -> None:
        """Make the registers findable, and tell institutions which of them have holdings."""
        from parvis.disclosure.findable import SOURCES  # noqa: PLC0415  # models are ready only now
        from parvis.disclosure.queries import institutions_with_holdings  # noqa: PLC0415  # as above
        from parvis.institutions.queries import register_holdings  # noqa: PLC0415  # as above
        from parvis.search.sources import register  # noqa: PLC0415  # as above

        for source in SOURCES:
            register(source)
        register_holdings("disclosure", institutions_with_holdings)
