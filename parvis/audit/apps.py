from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The room, as Django knows it."""

    name = "parvis.audit"
    label = "audit"
