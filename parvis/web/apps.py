from django.apps import AppConfig


class WebConfig(AppConfig):
    """The room, as Django knows it."""

    name = "parvis.web"
    label = "web"
