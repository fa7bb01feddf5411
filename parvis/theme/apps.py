from django.apps import AppConfig


class ThemeConfig(AppConfig):
    """The room, as Django knows it."""

    name = "parvis.theme"
    label = "theme"
