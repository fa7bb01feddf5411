from django.apps import AppConfig


class InstitutionsConfig(AppConfig):
    name = "parvis.institutions"
    label = "institutions"
