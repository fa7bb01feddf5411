"""Pages that are only text, each written twice as a whole: `templates/web/prose/<name>.en.html` and `.fr.html`."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from parvis.core.bilingual import Text
from parvis.core.pages import public_page
from parvis.theme.page import Page, current_language, render_page
from parvis.web.crumbs import home_crumb


@dataclass(frozen=True, slots=True, kw_only=True)
class ProsePage:
    """One page of text: the name of its address, the address, its title and what search engines say of it."""

    name: str
    address: Text
    title: Text
    description: Text


PAGES = (
    ProsePage(
        name="about",
        address=Text("about", "a-propos"),
        title=Text("About this site", "À propos de ce site"),
        description=Text(
            "What you find here, where it comes from, how often it changes and what is not here.",
            "Ce que vous trouvez ici, d’où cela vient, à quel rythme le contenu change et ce qui n’y est pas.",
        ),
    ),
    ProsePage(
        name="how_to_search",
        address=Text("how-to-search", "comment-chercher"),
        title=Text("How to search", "Comment chercher"),
        description=Text(
            "Search in your own words, in either language; use quotation marks, a minus sign, institution: and year:.",
            "Cherchez dans vos mots, dans l’une ou l’autre langue ; employez les guillemets, le moins, "
            "institution: et année:.",
        ),
    ),
    ProsePage(
        name="accessibility",
        address=Text("accessibility", "accessibilite"),
        title=Text("Accessibility", "Accessibilité"),
        description=Text(
            "How these pages are made so that everyone can use them, how that is tested, and what still falls short.",
            "Comment ces pages sont faites pour que tout le monde puisse s’en servir, comment c’est vérifié et ce "
            "qui reste à améliorer.",
        ),
    ),
    ProsePage(
        name="privacy",
        address=Text("privacy", "confidentialite"),
        title=Text("Privacy", "Confidentialité"),
        description=Text(
            "What this site keeps about the people who read it: next to nothing, and never who searched for what.",
            "Ce que ce site conserve sur les personnes qui le lisent : presque rien, et jamais qui a cherché quoi.",
        ),
    ),
)


@public_page
@require_safe
def show(request: HttpRequest, page: ProsePage) -> HttpResponse:
    """Show a page of text in the language asked for."""
    language = current_language()
    framed = Page(
        title=page.title.in_(language),
        description=page.description.in_(language),
        crumbs=(home_crumb(),),
    )
    return render_page(request, f"web/prose/{page.name}.{language}.html", framed)
