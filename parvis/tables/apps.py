from django.apps import AppConfig


class TablesConfig(AppConfig):
    """The room, as Django knows it."""

    name = "parvis.tables"
    label = "tables"
