from django.apps import AppConfig


class InstitutionsConfig(AppConfig):
    """The room, as Django knows it."""

    name = "parvis.institutions"
    label = "institutions"
