"""The steps by which a date was reached: each a code with values, said in either language when asked."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple, TypeAlias

from parvis.core.bilingual import LANGUAGES, Language, Text
from parvis.law.model import Cited, Confidence, Pack, Unit, weakest
from parvis.law.wording import NBSP, citation_in, day_in, length_in

Length: TypeAlias = tuple[int, Unit]
Value: TypeAlias = "date | Text | str | int | Length"

SENTENCES: Mapping[str, Text] = {
    "announced": Text(
        "This law is announced: the day that it comes into force is not known, so this is for information only",
        f"Cette loi est annoncée{NBSP}: la date de son entrée en vigueur n’est pas connue, et ceci n’est donné "
        "qu’à titre d’information",
    ),
    "received": Text(
        "The request was received on {on}; that day is not counted and the last day is",
        f"La demande a été reçue le {{on}}{NBSP}; ce jour n’est pas compté, le dernier l’est",
    ),
    "waiting": Text(
        "The time to answer begins only when the request is accepted as complete",
        "Le délai de réponse ne commence que lorsque la demande est acceptée comme complète",
    ),
    "complete": Text(
        "The request became complete on {on}; the time is counted from that day",
        f"La demande est devenue complète le {{on}}{NBSP}; le délai se compte à partir de ce jour",
    ),
    "response": Text("The time to answer is {length}", "Le délai de réponse est de {length}"),
    "extended": Text(
        "On {on} the time was extended by {length} ({why}); the extension is counted from the same first day",
        f"Le {{on}}, le délai a été prorogé de {{length}} ({{why}}){NBSP}; la prorogation se compte à partir "
        "du même premier jour",
    ),
    "extended-open": Text(
        "On {on} the time was extended for a length that need not be stated ({why}); the last day is open until a "
        "length is set",
        f"Le {{on}}, le délai a été prorogé sans que la durée doive être précisée ({{why}}){NBSP}; le dernier jour "
        "reste indéterminé jusqu’à ce qu’une durée soit fixée",
    ),
    "tell-oversight": Text(
        "The review body ({body}) must be told of this extension, which is of more than {days} days",
        "L’organisme de surveillance ({body}) doit être avisé de cette prorogation de plus de {days} jours",
    ),
    "stopped": Text(
        "On {on} the clock stopped: {why}", f"Le {{on}}, le délai a cessé de courir{NBSP}: {{why}}"
    ),
    "resumed": Text(
        "On {on} the clock started again after standing still for {length}",
        "Le {on}, le délai a recommencé à courir après une suspension de {length}",
    ),
    "restarted": Text(
        "On {on} the time began afresh: {why}",
        f"Le {{on}}, le délai a recommencé depuis le début{NBSP}: {{why}}",
    ),
    "transfer-continues": Text(
        "The request was transferred on {on}; the clock continues from the first receipt",
        f"La demande a été transmise le {{on}}{NBSP}; le délai continue de courir depuis la première réception",
    ),
    "transfer-restarts": Text(
        "The request was transferred on {on}; the time begins afresh on {start}",
        f"La demande a été transmise le {{on}}{NBSP}; le délai recommence le {{start}}",
    ),
    "noted": Text(
        "{what} on {on}; this does not move the date", f"{{what}} le {{on}}{NBSP}; cela ne change pas la date"
    ),
    "answered": Text("The request was answered on {on}", "La demande a reçu sa réponse le {on}"),
    "answered-late": Text(
        "The request was answered on {on}, after the last day",
        "La demande a reçu sa réponse le {on}, après le dernier jour",
    ),
    "still-stopped": Text(
        "The clock is stopped; what remains is {length}, and the last day will be known when it starts again",
        f"Le délai est suspendu{NBSP}; il reste {{length}}, et le dernier jour sera connu à la reprise",
    ),
    "last-day": Text("Day {number} is {on}", "Le {number} jour est le {on}"),
    "rolled": Text(
        "Day {number} is {raw}{reason}; the next day that is not a holiday is {on}",
        f"Le {{number}} jour est le {{raw}}{{reason}}{NBSP}; le jour suivant qui n’est pas férié est le {{on}}",
    ),
    "rolled-to-work-day": Text(
        "Day {number} is {raw}{reason}; the next day that is neither a weekend day nor a holiday is {on}",
        f"Le {{number}} jour est le {{raw}}{{reason}}{NBSP}; le jour suivant qui n’est "
        "ni un jour de fin de semaine ni un jour férié est le {on}",
    ),
    "policy": Text(
        "By policy, not by statute, the last day moves from {raw}{reason} to the next work day, {on}",
        "Selon la politique, et non la loi, le dernier jour passe du {raw}{reason} au jour ouvrable suivant, le {on}",
    ),
}
UNSURE = Text(" [unsure: to be checked]", f" [incertain{NBSP}: à vérifier]")


class Step(NamedTuple):
    """One step: what it says, on which day, by which section, and how sure that is."""

    pack: Pack
    code: str
    cited: Cited
    on: date | None
    values: Mapping[str, Value]
    confidence: Confidence

    def in_(self, language: Language) -> str:
        """Say the step as one sentence with its section."""
        said = SENTENCES[self.code].in_(language).format(**_written(self, language))
        unsure = UNSURE.in_(language) if self.confidence is Confidence.UNSURE else ""
        colon = f"{NBSP}:" if language == "fr" else ":"
        return f"{said}{colon} {citation_in(self.pack, self.cited, language)}{unsure}"

    @property
    def text(self) -> Text:
        """The step in both languages."""
        return Text(*(self.in_(language) for language in LANGUAGES))


def step(pack: Pack, code: str, cited: Cited, on: date | None, *further: Confidence, **values: Value) -> Step:
    """Make a step; it is as sure as the least sure of its section, of `further` and of the days that it counts."""
    further = (*further, *_sure_of_days(pack, values.get("length")))
    confidence = weakest(cited.confidence, *further) if further else cited.confidence
    return Step(pack, code, cited, on, values, confidence)


def _sure_of_days(pack: Pack, length: "Value | None") -> tuple[Confidence, ...]:
    """Return how sure the business days and the holidays are, for a length counted in them; else nothing."""
    if not isinstance(length, tuple) or length[1] != "business":
        return ()
    business = pack.calendars.business
    return (business.confidence, pack.holidays.confidence) if business.holidays else (business.confidence,)


def _written(said: Step, language: Language) -> dict[str, str]:
    """Write the values in a language. Where a step names two days of one year, the year stands once."""
    raw = said.values.get("raw")
    written = {name: _value(value, language) for name, value in said.values.items()}
    if said.on:
        repeats = isinstance(raw, date) and raw.year == said.on.year
        written["on"] = day_in(said.on, language, with_year=not repeats)
    if language == "fr" and "number" in written:
        written["number"] += "er" if written["number"] == "1" else "e"
    if reason := written.get("reason"):
        written["reason"] = f" ({reason})"
    return written


def _value(value: Value, language: Language) -> str:
    if isinstance(value, date):
        return day_in(value, language)
    if isinstance(value, Text):
        return value.in_(language)
    if isinstance(value, tuple):
        return length_in(value[0], value[1], language)
    return str(value)
