"""The first steps of the way to every page."""

from django.urls import reverse
from django.utils.translation import gettext as _

from parvis.institutions.queries import InstitutionReference
from parvis.theme.page import Crumb, current_language


def home_crumb() -> Crumb:
    """Return the way to the home page."""
    return Crumb(_("Home"), reverse("home"))


def institutions_crumb() -> Crumb:
    """Return the way to the list of institutions."""
    return Crumb(_("Institutions"), reverse("institution_list"))


def institution_crumbs(institution: InstitutionReference | None) -> tuple[Crumb, ...]:
    """Return the way to an institution, through the list; only to the list where it is not known."""
    if institution is None:
        return (institutions_crumb(),)
    name = institution.title.shown(current_language())
    address = reverse("institution_detail", args=[institution.slug])
    return institutions_crumb(), Crumb(name.text, address, name.language if name.is_fallback else "")
