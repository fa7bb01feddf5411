from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    """The room, as Django knows it."""

    name = "parvis.disclosure"
    label = "disclosure"

    def ready(self) -> None:
        """Make the registers findable."""
        from parvis.disclosure.findable import SOURCES  # noqa: PLC0415  # models are ready only now
        from parvis.search.sources import register  # noqa: PLC0415  # as above

        for source in SOURCES:
            register(source)
