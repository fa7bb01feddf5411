"""Keys under a passphrase: scrypt (RFC 7914) makes the key, AES-256-GCM (NIST SP 800-38D) keeps and checks them."""

import io
import os
import tarfile
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from parvis.config.backups.manifest import BackupError

SALT, NONCE = 16, 12  # bytes
COST = 1 << 15  # of scrypt: about 32 MB and a tenth of a second


def sealed(folder: Path, passphrase: str) -> bytes:
    """Return all files of a folder, encrypted."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        archive.add(folder, arcname=".")
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
        archive.extractall(folder, filter="data")


def _key(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, n=COST, r=8, p=1).derive(passphrase.encode())
