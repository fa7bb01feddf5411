"""The pages that every check visits. `{…}` stands for the identifier of a record that the sample holds."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Visited:
    """A page: how it is called, where it stands in each language, and the status with which it answers."""

    name: str
    en: str
    fr: str
    status: int = 200
    who: str = ""  # the demonstration's person who must have signed in

    def in_(self, language: str) -> str:
        """Return its address in one language."""
        return self.fr if language == "fr" else self.en


PAGES = (
    Visited("home", "/en/", "/fr/"),
    Visited("search", "/en/search?q=passport", "/fr/recherche?q=passeport&language=fr"),
    Visited("search_all", "/en/search", "/fr/recherche"),
    Visited("nothing_found", "/en/search?q=%22zxqv+wvut%22", "/fr/recherche?q=%22zxqv+wvut%22"),
    Visited("institutions", "/en/institutions?jurisdiction=ca-nl", "/fr/institutions?q=port"),
    Visited("institution", "/en/institutions/cic", "/fr/institutions/cic"),
    Visited("record", "/en/records/{summary}", "/fr/documents/{summary}"),
    Visited("holding", "/en/holdings/{bank}", "/fr/fonds/{bank}"),
    Visited(
        "law",
        "/en/law?law=ca-atia&received=2026-05-29&kind=extended&on=2026-06-20&ref=9(1)(b)&days=60",
        "/fr/loi?law=ca-atia&received=2026-05-29&kind=extended&on=bient%C3%B4t",
    ),
    Visited("law_text", "/en/law/ca-nb", "/fr/loi/ca-atia"),
    Visited("before_asking", "/en/before-you-ask", "/fr/avant-de-demander"),
    Visited("how_suggestions_work", "/en/how-suggestions-work", "/fr/comment-fonctionnent-les-suggestions"),
    Visited("ask", "/en/ask", "/fr/demander"),
    Visited("ask_copy", "/en/ask?record={summary}", "/fr/demander?record={summary}"),
    Visited("my_file", "/en/ask/my-file", "/fr/demander/mon-dossier"),
    Visited("links", "/en/requests/links", "/fr/demandes/liens"),
    Visited("services", "/en/services", "/fr/services"),
    Visited("service", "/en/services/{service}", "/fr/services/{service}"),
    Visited(
        "figure",
        "/en/services/figures/standards-met/2023-2024",
        "/fr/services/chiffres/online-end-to-end/2023-2024",
    ),
    Visited("service_list", "/en/services/list?standards=missed", "/fr/services/liste?q=permis"),
    Visited("departments", "/en/services/departments", "/fr/services/ministeres"),
    Visited("figures", "/en/services/figures", "/fr/services/chiffres"),
    Visited("figure_years", "/en/services/figures/standards-met", "/fr/services/chiffres/online-end-to-end"),
    Visited("editions", "/en/services/editions", "/fr/services/editions"),
    Visited("about", "/en/about", "/fr/a-propos"),
    Visited("how_to_search", "/en/how-to-search", "/fr/comment-chercher"),
    Visited("accessibility", "/en/accessibility", "/fr/accessibilite"),
    Visited("verify", "/en/verify", "/fr/verifier"),
    Visited("privacy", "/en/privacy", "/fr/confidentialite"),
    Visited("sign_in", "/en/sign-in", "/fr/ouvrir-une-session"),
    Visited("mail_catcher", "/en/mail-catcher", "/fr/recepteur-de-courriels"),
    Visited("not_found", "/en/nothing-here", "/fr/rien-ici", 404),
    Visited("bilingual_error", "/nothing-here", "/rien-ici", 404),
)


def own(who: str, name: str, en: str, fr: str) -> Visited:
    """Return a page that opens to who has signed in only."""
    return Visited(name, en, fr, who=who)


HERE = "institutions/cic"
OWN_PAGES = (
    own("head", "account", "/en/account", "/fr/compte"),
    own("head", "sessions", "/en/account/sessions", "/fr/compte/sessions"),
    own("head", "second_factors", "/en/account/second-factors", "/fr/compte/seconds-facteurs"),
    own("head", "own_requests", "/en/your-requests", "/fr/vos-demandes"),
    own("officer", "roles", "/en/your-roles", "/fr/vos-fonctions"),
    own("head", "people", f"/en/{HERE}/people", f"/fr/{HERE}/personnes"),
    own("head", "invite", f"/en/{HERE}/people/invite", f"/fr/{HERE}/personnes/inviter"),
    own("head", "onboarding", f"/en/{HERE}/onboarding", f"/fr/{HERE}/integration"),
    own(
        "head",
        "onboarding_answers",
        f"/en/{HERE}/onboarding/answers/wording",
        f"/fr/{HERE}/integration/reponses/wording",
    ),
    own("head", "delegation", f"/en/{HERE}/delegation", f"/fr/{HERE}/delegation"),
    own(
        "head",
        "delegation_enter",
        f"/en/{HERE}/delegation/enter/ca-atia",
        f"/fr/{HERE}/delegation/inscrire/ca-atia",
    ),
    own("central", "board", "/en/staff/institutions", "/fr/personnel/institutions"),
    own("central", "board_file", "/en/staff/institutions/file", "/fr/personnel/institutions/fichier"),
    own(
        "central",
        "my_services",
        "/en/staff/services?institution=cic",
        "/fr/personnel/services?institution=cic",
    ),
    own("admin", "staff", "/en/staff", "/fr/personnel"),
    own("admin", "staff_people", "/en/staff/people", "/fr/personnel/personnes"),
    own("admin", "mail", "/en/staff/mail", "/fr/personnel/courriels"),
    own("admin", "mail_messages", "/en/staff/mail/messages", "/fr/personnel/courriels/messages"),
    own(
        "admin",
        "mail_message",
        "/en/staff/mail/messages/institutions/invitation",
        "/fr/personnel/courriels/messages/institutions/invitation",
    ),
    own("admin", "trail", "/en/staff/audit", "/fr/personnel/piste-d-audit"),
    own("admin", "recoveries", "/en/staff/recoveries", "/fr/personnel/recuperations"),
    own("admin", "maintenance", "/en/staff/maintenance", "/fr/personnel/entretien"),
)
