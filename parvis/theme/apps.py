from django.apps import AppConfig

from parvis.theme.jurisdiction import current_theme


class ThemeConfig(AppConfig):
    """The room, as Django knows it."""

    name = "parvis.theme"
    label = "theme"

    def ready(self) -> None:
        """Read the jurisdiction's theme, so that a wrong one stops the start."""
        current_theme()
