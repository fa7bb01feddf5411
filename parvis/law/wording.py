"""How days, lengths and sections are written in each language."""

import re
from datetime import date

from parvis.core.bilingual import LANGUAGES, Language, Text
from parvis.law.calendars import WEEKDAY_NAMES
from parvis.law.model import Cited, Confidence, Kind, Pack, Role, State, Unit

NBSP = "\N{NO-BREAK SPACE}"
MONTHS = (
    Text("January", "janvier"),
    Text("February", "février"),
    Text("March", "mars"),
    Text("April", "avril"),
    Text("May", "mai"),
    Text("June", "juin"),
    Text("July", "juillet"),
    Text("August", "août"),
    Text("September", "septembre"),
    Text("October", "octobre"),
    Text("November", "novembre"),
    Text("December", "décembre"),
)
CONFIDENCE = {
    Confidence.SURE: Text("sure", "sûr"),
    Confidence.LIKELY: Text("likely", "probable"),
    Confidence.UNSURE: Text("unsure", "incertain"),
}
STATES = {
    State.IN_FORCE: Text("in force", "en vigueur"),
    State.ANNOUNCED: Text("announced", "annoncé"),
    State.COMING: Text("coming", "à venir"),
    State.ENDED: Text("ended", "terminé"),
}
ROLES = {
    Role.HEAD: Text("the head of the institution", "le responsable de l’institution"),
    Role.OVERSIGHT: Text("the review body", "l’organisme de surveillance"),
    Role.REQUESTER: Text("the requester’s consent", "le consentement du demandeur"),
    Role.OFFICER: Text("the central access officer", "l’agent central d’accès"),
}
KINDS = {
    Kind.RECEIVED: Text("The request was received", "La demande a été reçue"),
    Kind.COMPLETE: Text("The request became complete", "La demande est devenue complète"),
    Kind.CLARIFICATION_ASKED: Text("Clarification was asked for", "Des précisions ont été demandées"),
    Kind.CLARIFICATION_ANSWERED: Text("Clarification was given", "Les précisions ont été fournies"),
    Kind.FEE_ESTIMATED: Text("A fee estimate was sent", "Une estimation des frais a été envoyée"),
    Kind.FEE_PAID: Text("The fee was paid", "Les frais ont été payés"),
    Kind.EXTENDED: Text("The time was extended", "Le délai a été prorogé"),
    Kind.SUSPENDED: Text("The time was suspended", "Le délai a été suspendu"),
    Kind.RESUMED: Text("The time resumed", "Le délai a repris"),
    Kind.TRANSFERRED: Text("The request was transferred", "La demande a été transmise"),
    Kind.CONSULTATION_STARTED: Text("A consultation began", "Une consultation a commencé"),
    Kind.CONSULTATION_ANSWERED: Text("A consultation was answered", "Une consultation a reçu sa réponse"),
    Kind.THIRD_PARTY_NOTIFIED: Text("A third party was notified", "Un tiers a été avisé"),
    Kind.THIRD_PARTY_ANSWERED: Text("A third party answered", "Un tiers a répondu"),
    Kind.ANSWERED: Text("The request was answered", "La demande a reçu sa réponse"),
    Kind.COMPLAINT: Text("A complaint was made", "Une plainte a été déposée"),
    Kind.ORDER: Text(
        "The review body issued its report or order",
        "L’organisme de surveillance a rendu son rapport ou son ordonnance",
    ),
}
ONE = r"\d[\w.()\N{NON-BREAKING HYPHEN}]*"  # Saskatchewan's numbers have a part: 2-28, its hyphen being non-breaking
NUMBERED = re.compile(rf"{ONE}(?:(?:, | and |[-–]){ONE})*")
PROSE = {
    r"^not verified$": "article non vérifié",
    r"\bc\. (?=\d)": "ch. ",
    r"\bSch(?:ed)?(?:\.|ule) ": "annexe ",
    r"\bPart (?=[\dIVX])": "partie ",
}
LETTERED = re.compile(r"\(([a-z]{1,2}(?:\.\d+)?)\)")


def day_in(day: date, language: Language, *, with_year: bool = True) -> str:
    """Write "Sunday, 28 June 2026" or "dimanche 28 juin 2026" (the first of a month is "1er")."""
    weekday, month = WEEKDAY_NAMES[day.weekday()].in_(language), MONTHS[day.month - 1].in_(language)
    year = f" {day.year}" if with_year else ""
    if language == "fr":
        return f"{weekday} {'1er' if day.day == 1 else day.day}{NBSP}{month}{year}"
    return f"{weekday}, {day.day}{NBSP}{month}{year}"


def day_of(day: date, *, with_year: bool = True) -> Text:
    """Write a day in both languages."""
    return Text(*(day_in(day, language, with_year=with_year) for language in LANGUAGES))


def length_in(days: int, unit: Unit, language: Language) -> str:
    """Write "30 calendar days" or "1 jour ouvrable"."""
    many = days > 1 if language == "fr" else days != 1
    if language == "fr":
        kind = "civil" if unit == "calendar" else "ouvrable"
        return f"{days}{NBSP}jour{'s' * many} {kind}{'s' * many}"
    return f"{days} {unit} day{'s' * many}"


def section_in(section: str, language: Language) -> str:
    """Write a bare section: "s. 9(1)(b)", "al. 9(1)b)", as each language's statutes do."""
    if not NUMBERED.fullmatch(section):
        return _prose_in_french(section) if language == "fr" else section
    many = bool(re.search(r",| and |\d[-–]\d", section))
    if language == "en":
        return f"{'ss.' if many else 's.'}{NBSP}{section}"
    levels = re.findall(r"\([^)]*\)", section)
    letters = [level for level in levels if LETTERED.fullmatch(level)]
    kind = "art." if many or not levels else ("par.", "al.", "sous-al.")[min(len(letters), 2)]
    return f"{kind}{NBSP}{_french_letters(section)}".replace(" and ", " et ")


def _prose_in_french(section: str) -> str:
    for english, french in PROSE.items():
        section = re.sub(english, french, section)
    return section


def _french_letters(section: str) -> str:
    """Drop the opening parenthesis of the first lettered level: 15(a)(i) is 15a)(i)."""
    return LETTERED.sub(lambda found: f"{found.group(1)})", section, count=1)


def citation_in(pack: Pack, cited: Cited, language: Language) -> str:
    """Write the statute and the section: "Interpretation Act, s. 26"."""
    name, _, section = cited.section.rpartition(":")
    if name not in pack.sources:
        section = cited.section
    title = pack.sources[name].title if name in pack.sources else pack.statute
    return f"{title.in_(language)}, {section_in(section, language)}"


def citation(pack: Pack, cited: Cited) -> Text:
    """Write the statute and the section in both languages."""
    return Text(*(citation_in(pack, cited, language) for language in LANGUAGES))
