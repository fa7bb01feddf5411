from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    """The room, as Django knows it."""

    name = "parvis.disclosure"
    label = "disclosure"
