from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The room, as Django knows it."""

    name = "parvis.api"
    label = "api"
