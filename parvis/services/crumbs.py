"""The first steps of the way to the pages about services."""

from django.urls import reverse
from django.utils.translation import gettext as _

from parvis.institutions.queries import InstitutionReference
from parvis.theme.page import Crumb, current_language


def services_crumbs() -> tuple[Crumb, ...]:
    """Return the way to the page of all services."""
    return Crumb(_("Home"), reverse("home")), Crumb(_("Services"), reverse("service_home"))


def department_crumbs(institution: InstitutionReference | None) -> tuple[Crumb, ...]:
    """Return the way to the services of a department."""
    if institution is None:
        return services_crumbs()
    name = institution.title.shown(current_language())
    address = reverse("service_department", args=[institution.slug])
    return *services_crumbs(), Crumb(name.text, address, name.language if name.is_fallback else "")


def figures_crumbs() -> tuple[Crumb, ...]:
    """Return the way to the list of figures."""
    return *services_crumbs(), Crumb(_("Figures"), reverse("service_figures"))
