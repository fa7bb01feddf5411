"""What an extension does: who gives it, on which ground, for how long and until when."""

from datetime import date

from parvis.core.bilingual import Text
from parvis.law.clock import LONGEST_EXTENSION, Clock, Given, advanced
from parvis.law.events import Event
from parvis.law.gates import require_before_the_last_day, require_started
from parvis.law.model import Extension, ExtensionGround, Role
from parvis.law.refusal import Refused
from parvis.law.steps import step
from parvis.law.wording import NBSP, ROLES, citation, day_of


def extend(clock: Clock, event: Event) -> Clock:
    """Return the clock with more days to count. Raises `Refused` by ground, giver, length, number or day."""
    require_started(clock, event)
    extension = clock.pack.extension
    if extension is None:
        raise Refused(
            Text(
                f"{clock.pack.statute.en} knows no extension.",
                f"La loi suivante ne connaît aucune prorogation{NBSP}: {clock.pack.statute.fr}.",
            )
        )
    ground = _extension_ground(clock, extension, event.ref)
    by = _decided_by(ground, event.by)
    require_before_the_last_day(clock, event)
    if by is not Role.OVERSIGHT:  # the review body answers when it answers, but never after the last day
        _require_notice_in_time(clock, extension, event)
    _require_length(clock, extension, ground, event)
    given = Given(ground.ref, event.days, event.on.toordinal())
    pack = clock.pack
    if event.days is None:
        said = [step(pack, "extended-open", ground, event.on, extension.confidence, why=ground.title)]
    else:
        length = (event.days, extension.unit)
        said = [
            step(pack, "extended", ground, event.on, extension.confidence, length=length, why=ground.title)
        ]
        over = extension.tell_oversight_over
        if over is not None and event.days > over:
            said.append(step(pack, "tell-oversight", extension, None, body=pack.review.body, days=over))
    return advanced(clock, event, tuple(said), extensions=(*clock.extensions, given))


def _extension_ground(clock: Clock, extension: Extension, ref: str) -> ExtensionGround:
    for ground in extension.grounds:
        if ground.ref == ref:
            return ground
    known = ", ".join(ground.ref for ground in extension.grounds)
    where = citation(clock.pack, extension)
    raise Refused(
        Text(
            f"“{ref}” is no ground for an extension ({where.en}). The grounds are {known}.",
            f"«{NBSP}{ref}{NBSP}» n’est pas un motif de prorogation ({where.fr}). Les motifs sont {known}.",
        )
    )


def _decided_by(ground: ExtensionGround, by: Role | None) -> Role:
    if by is None or by in ground.by:
        return by or ground.by[0]
    allowed_en = " or ".join(ROLES[role].en for role in ground.by)
    allowed_fr = " ou ".join(ROLES[role].fr for role in ground.by)
    raise Refused(
        Text(
            f"An extension under {ground.ref} is given by {allowed_en}, not by {ROLES[by].en}.",
            f"Une prorogation en vertu de {ground.ref} est accordée par {allowed_fr}, et non par {ROLES[by].fr}.",
        )
    )


def _require_notice_in_time(clock: Clock, extension: Extension, event: Event) -> None:
    last = notice_limit(clock)
    if last is None or event.on.toordinal() <= last:
        return
    day, limit, where = day_of(event.on), day_of(date.fromordinal(last)), citation(clock.pack, extension)
    raise Refused(
        Text(
            f"The notice of an extension was due by {limit.en} at the latest ({where.en}); {day.en} is too late.",
            f"L’avis de prorogation devait être donné au plus tard le {limit.fr} ({where.fr}){NBSP}; "
            f"le {day.fr}, il est trop tard.",
        )
    )


def notice_limit(clock: Clock) -> int | None:
    """Return the last day to give notice of an extension, or None where the pack sets none or the clock stands."""
    extension = clock.pack.extension
    if not extension or extension.notice_days is None:
        return None
    day, _ = clock.reach(((extension.notice_days, extension.notice_unit),))
    return None if day is None else clock.calendar.statute.next_open(day)


def _require_length(clock: Clock, extension: Extension, ground: ExtensionGround, event: Event) -> None:
    if event.days is None and ground.length_required:
        raise Refused(
            Text(
                f"An extension under {ground.ref} states its length in days.",
                f"Une prorogation en vertu de {ground.ref} précise sa durée en jours.",
            )
        )
    days = event.days or 0
    if event.days is not None and days < 1:
        raise Refused(Text("An extension has at least one day.", "Une prorogation a au moins un jour."))
    if extension.times is not None and len(clock.extensions) >= extension.times:
        raise _too_often(extension.times)
    caps = [((ground.ref,), ground.max_days)] + [(cap.refs, cap.days) for cap in extension.caps]
    for refs, most in caps:
        together = days + sum(given.days or 0 for given in clock.extensions if given.ref in refs)
        if ground.ref in refs and most is not None and together > most:
            raise _too_long(refs, most)
    if days + sum(given.days or 0 for given in clock.extensions) > LONGEST_EXTENSION:
        raise Refused(
            Text(
                "An extension of so many years is surely a slip.",
                "Une prorogation de tant d’années est sûrement une erreur.",
            )
        )


def _too_often(times: int) -> Refused:
    if times == 1:
        return Refused(
            Text("The time may be extended only once.", "Le délai ne peut être prorogé qu’une seule fois.")
        )
    return Refused(
        Text(
            f"The time may be extended {times} times at most.",
            f"Le délai peut être prorogé {times} fois au plus.",
        )
    )


def _too_long(refs: tuple[str, ...], most: int) -> Refused:
    which = ", ".join(refs)
    return Refused(
        Text(
            f"Extensions under {which} come to at most {most} days together.",
            f"Les prorogations en vertu de {which} ne dépassent pas {most} jours au total.",
        )
    )
