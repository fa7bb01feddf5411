"""Sealing: nothing opens outside its place, a renewed key seals all again, and nothing is lost on the way."""

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from parvis.access.models import Draft
from parvis.core.actor import Actor
from parvis.core.errors import NotAllowedError
from parvis.vault import actions, queries
from parvis.vault.keys import VaultKeys, vault_keys
from parvis.vault.sealing import UnsealError, mark_in, new_file_key, seal, seal_file, unseal, unseal_file
from tests.access.factories import a_draft

SYSTEM = Actor.system("test")


@pytest.fixture(autouse=True)
def own_home(settings: Settings, tmp_path: Path) -> None:
    settings.HOME = tmp_path / "home"


@pytest.fixture
def keys(tmp_path: Path) -> VaultKeys:
    return VaultKeys(tmp_path / "vault")


def test_what_is_sealed_opens_in_its_own_place_and_nowhere_else(keys: VaultKeys) -> None:
    sealed = seal(b"Robin Tremblay", "access.requester:one:sealed", keys)
    assert b"Robin" not in sealed
    assert unseal(sealed, "access.requester:one:sealed", keys) == b"Robin Tremblay"
    for elsewhere in ("access.requester:two:sealed", "access.requester:one:other", ""):
        with pytest.raises(UnsealError):
            unseal(sealed, elsewhere, keys)


@pytest.mark.parametrize("place", [0, 5, 12, -1])
def test_one_changed_byte_anywhere_is_found_out(keys: VaultKeys, place: int) -> None:
    sealed = bytearray(seal(b"content", "here", keys))
    sealed[place] ^= 1
    with pytest.raises(UnsealError):
        unseal(bytes(sealed), "here", keys)


@pytest.mark.parametrize("wrong", [b"", b"x", b"\x01" * 20, b"plain text that nobody sealed"])
def test_what_was_never_sealed_does_not_open(keys: VaultKeys, wrong: bytes) -> None:
    with pytest.raises(UnsealError):
        unseal(wrong, "here", keys)


def test_a_renewed_key_seals_what_is_new_and_the_former_one_still_opens(keys: VaultKeys) -> None:
    before = seal(b"old", "here", keys)
    keys.renew()
    after = seal(b"new", "here", keys)
    assert mark_in(before) != mark_in(after) == keys.current()[0]
    assert unseal(before, "here", keys) == b"old"
    keys.drop(mark_in(before))
    with pytest.raises(UnsealError):
        unseal(before, "here", keys)
    keys.drop(mark_in(after))  # the one in use stays
    assert unseal(after, "here", keys) == b"new"


def test_keys_of_the_setting_are_used_in_their_order(tmp_path: Path) -> None:
    first, second = bytes(range(32)), bytes(range(1, 33))
    sealed = seal(b"content", "here", VaultKeys(tmp_path, (second,)))
    both = VaultKeys(tmp_path, (first, second))
    assert unseal(sealed, "here", both) == b"content"
    assert mark_in(seal(b"content", "here", both)) == both.marks()[0] != mark_in(sealed)
    assert not list(tmp_path.iterdir())


def test_a_key_file_is_for_its_owner_alone(keys: VaultKeys) -> None:
    mark, _key = keys.current()
    assert (keys.folder / f"{mark}.key").stat().st_mode & 0o077 == 0
    assert keys.folder.stat().st_mode & 0o077 == 0


def test_a_file_has_a_key_of_its_own() -> None:
    key, content = new_file_key(), b"%PDF-1.7 passport"
    sealed = seal_file(content, key)
    assert b"passport" not in sealed
    assert unseal_file(sealed, key) == content
    with pytest.raises(UnsealError):
        unseal_file(sealed[:-1], key)
    with pytest.raises(UnsealError):
        unseal_file(sealed, new_file_key())


@pytest.mark.django_db
def test_rotation_seals_every_row_again_and_deletes_the_former_key() -> None:
    drafts = [a_draft()[0] for _number in range(3)]
    typed = [draft.read_sealed("sealed") for draft in drafts]
    old = mark_in(Draft.objects.get(pk=drafts[0].pk).sealed)
    new = actions.renew_key(actor=SYSTEM)
    assert queries.rows_by_key()[old] >= 3
    while actions.reseal_some(actor=SYSTEM):
        pass
    assert queries.rows_by_key()[old] == 0
    assert actions.drop_unused_keys(actor=SYSTEM) == ()  # what is under way may still need it
    assert old in actions.drop_unused_keys(actor=SYSTEM, rest=0)
    assert vault_keys().key(old) is None
    for draft, words in zip(drafts, typed, strict=True):
        row = Draft.objects.get(pk=draft.pk)
        assert mark_in(row.sealed) == new
        assert row.read_sealed("sealed") == words


def test_only_the_installation_renews_keys() -> None:
    with pytest.raises(NotAllowedError):
        actions.renew_key.__wrapped__(actor=Actor.public())  # type: ignore[attr-defined]  # without its transaction
