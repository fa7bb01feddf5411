from django.apps import AppConfig


class RecommendConfig(AppConfig):
    """The room, as Django knows it."""

    name = "parvis.recommend"
    label = "recommend"

    def ready(self) -> None:
        """Let the index keep the vectors of the phrases with which texts are compared."""
        from parvis.recommend.elsewhere import phrases  # noqa: PLC0415  # the rooms below are ready only now
        from parvis.search.sources import register_phrases  # noqa: PLC0415  # as above

        register_phrases(phrases)
