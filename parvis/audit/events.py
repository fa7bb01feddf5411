"""How an event is told: the closed vocabularies that rooms bring, a sentence each in both languages."""

from enum import StrEnum

from parvis.core.bilingual import Text


class EventName(StrEnum):
    """A room's events subclass this: `RELEASED = "access:request:released"`, source:subject:past tense."""


_SENTENCES: dict[str, Text] = {}


def describe(sentences: dict[EventName, Text]) -> None:
    """Say what each event means. A room calls it once, at the foot of its `events.py`.

    Raises ValueError when a sentence lacks a language or an event of the vocabulary has no sentence.
    """
    for event, sentence in sentences.items():
        if not (sentence.en and sentence.fr):
            raise ValueError(f"{event} needs its sentence in both languages")
    for vocabulary in {type(event) for event in sentences}:
        if missing := [event for event in vocabulary if event not in sentences]:
            raise ValueError(f"no sentence for {missing}")
    _SENTENCES.update({str(event): sentence for event, sentence in sentences.items()})


def sentence(event: str) -> Text:
    """Return what the event means; its bare name when a later version of Parvis no longer knows it."""
    return _SENTENCES.get(event) or Text(en=event, fr=event)


def known_events() -> dict[str, Text]:
    """Return every event that can happen in this version, with its sentence."""
    return dict(_SENTENCES)


def is_described(event: EventName) -> bool:
    """Tell whether the event has its sentence."""
    return event in _SENTENCES


class AuditEvent(EventName):
    """What happens to the trail itself, and what rooms note through it."""

    READ = "audit:personal_information:read"
    EXPORTED = "audit:trail:exported"


describe(
    {
        AuditEvent.READ: Text("Personal information was read.", "Des renseignements personnels ont été lus."),
        AuditEvent.EXPORTED: Text("The trail was exported.", "La piste d’audit a été exportée."),
    }
)
