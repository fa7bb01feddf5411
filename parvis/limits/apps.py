from django.apps import AppConfig


class LimitsConfig(AppConfig):
    """How often one client may ask."""

    name = "parvis.limits"
    label = "limits"
