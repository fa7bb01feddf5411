from django.apps import AppConfig


class ServicesConfig(AppConfig):
    """The room, as Django knows it."""

    name = "parvis.services"
    label = "services"
