"""Keys under a passphrase: scrypt (RFC 7914) makes the key, AES-256-GCM (NIST SP 800-38D) keeps and checks them."""

import io
import os
import tarfile
from collections.abc import Mapping
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from parvis.config.backups.manifest import BackupError

SALT, NONCE = 16, 12  # bytes
COST = 1 << 15  # of scrypt: about 32 MB and a tenth of a second


def sealed(folder: Path, passphrase: str, instead: Mapping[str, bytes] | None = None) -> bytes:
    """Return all files of a folder, encrypted; for those named in `instead`, what stands there."""
    packed, instead = io.BytesIO(), instead or {}
    with tarfile.open(fileobj=packed, mode="w") as archive:
        archive.add(
            folder, arcname=".", filter=lambda one: None if one.name.removeprefix("./") in instead else one
        )
        for name, content in instead.items():
            info = tarfile.TarInfo(f"./{name}")
            info.size, info.mode = len(content), 0o600
            archive.addfile(info, io.BytesIO(content))
    salt, nonce = os.urandom(SALT), os.urandom(NONCE)
    return salt + nonce + AESGCM(_key(passphrase, salt)).encrypt(nonce, packed.getvalue(), None)


def unseal(data: bytes, passphrase: str, folder: Path) -> None:
    """Write what was sealed into a folder. Raises BackupError when the passphrase is another one."""
    salt, nonce, rest = data[:SALT], data[SALT : SALT + NONCE], data[SALT + NONCE :]
    try:
        packed = AESGCM(_key(passphrase, salt)).decrypt(nonce, rest, None)
    except InvalidTag:
        raise BackupError("The keys of this backup were sealed with another passphrase.") from None
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        for member in archive:
            _unpack(archive, member, folder)


def _unpack(archive: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    """Write one file or folder, and nothing outside. The filter of `extractall` came later than Debian 12's Python."""
    place = (folder / member.name).resolve()
    if not place.is_relative_to(folder.resolve()) or not (member.isfile() or member.isdir()):
        raise BackupError(f"The keys of this backup hold “{member.name}”, which is none of them.")
    if member.isdir():
        place.mkdir(parents=True, exist_ok=True)
    elif content := archive.extractfile(member):
        place.touch(mode=0o600)  # before anything stands in it
        place.write_bytes(content.read())
        place.chmod(member.mode & 0o755)


def _key(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, n=COST, r=8, p=1).derive(passphrase.encode())
