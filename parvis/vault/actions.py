"""Renewing the key of sealed data: a new one is put in use, every row is sealed again, the old one is deleted."""

import time

from parvis.audit.actions import append_event
from parvis.core.action import action, require
from parvis.core.actor import Actor
from parvis.vault import queries
from parvis.vault.events import VaultEvent
from parvis.vault.keys import vault_keys
from parvis.vault.policy import can_renew_key
from parvis.vault.sealing import seal, unseal

BATCH = 500
REST = 3600.0  # seconds


@action
def renew_key(*, actor: Actor) -> str:
    """Put a new key in use and return its mark. What earlier ones sealed still opens."""
    require(can_renew_key(actor))
    mark = vault_keys().renew()
    append_event(VaultEvent.KEY_RENEWED, actor=actor, subject="vault", key=mark)
    return mark


@action
def reseal_some(*, actor: Actor) -> int:
    """Seal up to some hundred values again with the key in use; return how many. Call it until it returns 0.

    A value that somebody changes meanwhile is left as they wrote it: they sealed it with the key in use.
    """
    require(can_renew_key(actor))
    keys = vault_keys()
    mark, _key = keys.current()
    done = 0
    for model, name in queries.sealed_columns():
        for row in queries.sealed_otherwise(model, name, mark).order_by("pk")[: BATCH - done]:
            before = bytes(getattr(row, name))
            about = row.about(name)
            after = seal(unseal(before, about, keys), about, keys)
            done += model._default_manager.filter(pk=row.pk, **{name: before}).update(**{name: after})  # noqa: SLF001  # documented
        if done >= BATCH:
            break
    if done:
        append_event(VaultEvent.RESEALED, actor=actor, subject="vault", key=mark, values=done)
    return done


@action
def drop_unused_keys(*, actor: Actor, rest: float = REST) -> tuple[str, ...]:
    """Delete the keys that no value needs any more; return their marks.

    Nothing is deleted until the key in use was so for `rest` seconds: what a request under way seals with the former
    one stands by then, and is counted.
    """
    require(can_renew_key(actor))
    keys, used = vault_keys(), queries.rows_by_key()
    if time.time() - keys.renewed_at() < rest:
        return ()
    gone = tuple(mark for mark in keys.marks()[1:] if not used[mark])
    for mark in gone:
        keys.drop(mark)
        append_event(VaultEvent.KEY_DROPPED, actor=actor, subject="vault", key=mark)
    return gone
