"""The second factors, on allauth's models and primitives; the one place that imports them.

Nothing here decides who may; nothing appends events. All functions run inside an action's transaction.
"""

import hmac
import time
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value
from allauth.mfa.utils import decrypt, encrypt
from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M

from parvis.accounts.models import Person
from parvis.accounts.place import is_demonstration

APP, PASSKEY, RECOVERY = (
    Authenticator.Type.TOTP,
    Authenticator.Type.WEBAUTHN,
    Authenticator.Type.RECOVERY_CODES,
)
PERIOD = 30  # seconds that a code of an app stands, RFC 6238
DRIFT = 1  # periods by which a clock may be wrong, either way


@dataclass(frozen=True, slots=True)
class Factor:
    """One second factor as its owner sees it."""

    id: int
    kind: str  # totp or webauthn
    name: str
    added_at: datetime
    last_used_at: datetime | None


def new_app_secret() -> str:
    """Return a secret for an authenticator app: 160 bits in base 32."""
    return str(generate_totp_secret())


def app_address(secret: str, *, issuer: str, label: str) -> str:
    """Return the address that a QR code tells an authenticator app."""
    name = quote(f"{issuer}:{label}")
    return f"otpauth://totp/{name}?{urlencode({'secret': secret, 'issuer': issuer}, quote_via=quote)}"


def qr_path(told: str) -> tuple[int, str]:
    """Return the width of a QR code, with its quiet zone, and its dark squares as the data of an SVG path."""
    code = QRCode(error_correction=ERROR_CORRECT_M, border=4)
    code.add_data(told)
    rows = code.get_matrix()
    squares = (f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    return len(rows), "".join(squares)


def code_of(secret: str, counter: int) -> str:
    """Return what an app with this secret shows in that period."""
    return str(format_hotp_value(hotp_value(secret, counter)))


def app_code(secret: str) -> str:
    """Return what an app with this secret shows now."""
    return code_of(secret, int(time.time()) // PERIOD)


def app_counter(secret: str, typed: str, *, after: int = -1) -> int | None:
    """Return the period to which a typed code belongs, none when it is wrong or not later than `after`.

    Every candidate is compared, in constant time, whichever fits.
    """
    now, found = int(time.time()) // PERIOD, None
    for counter in range(now - DRIFT, now + DRIFT + 1):
        is_it = hmac.compare_digest(code_of(secret, counter).encode(), typed.encode())
        if is_it and counter > after:
            found = counter
    return found


def add_app(person: Person, secret: str, counter: int, *, is_demo: bool = False) -> None:
    """Keep an app's secret, encrypted; the code just shown is used up. `is_demo`: everyone knows the secret."""
    data = {"secret": encrypt(secret), "last_counter": counter, "is_demo": is_demo}
    Authenticator.objects.create(user=person, type=APP, data=data)


def take_app_code(person: Person, typed: str) -> bool:
    """Return whether the code is right and was not taken before. The row's lock lets no two requests take one code."""
    row = Authenticator.objects.select_for_update().filter(user=person, type=APP).first()
    if row is None or (row.data.get("is_demo") and not is_demonstration()):
        return False
    counter = app_counter(decrypt(row.data["secret"]), typed, after=row.data.get("last_counter", -1))
    if counter is None:
        return False
    row.data["last_counter"] = counter
    row.save(update_fields=["data"])
    row.record_usage()
    return True


def take_recovery_code(person: Person, typed: str) -> bool:
    """Return whether it is one of the person's recovery codes that was not used yet, and use it up."""
    row = Authenticator.objects.select_for_update().filter(user=person, type=RECOVERY).first()
    if row is None or not RecoveryCodes(row).validate_code(typed):
        return False
    row.record_usage()
    return True


def make_recovery_codes(person: Person) -> None:
    """Make new recovery codes; the old ones are no longer taken."""
    Authenticator.objects.filter(user=person, type=RECOVERY).delete()
    RecoveryCodes.activate(person)


def unused_recovery_codes(person: Person) -> tuple[str, ...]:
    """Return the recovery codes that were not used yet."""
    row = Authenticator.objects.filter(user=person, type=RECOVERY).first()
    return tuple(RecoveryCodes(row).get_unused_codes()) if row else ()


def add_passkey(person: Person, name: str, credential: dict[str, Any]) -> None:
    """Keep a passkey's public key, under a name by which its owner knows it."""
    Authenticator.objects.create(user=person, type=PASSKEY, data={"name": name, "credential": credential})


def factors_of(person: Person) -> tuple[Factor, ...]:
    """Return the apps and passkeys of a person, in the order in which they were added."""
    rows = Authenticator.objects.filter(user=person, type__in=[APP, PASSKEY]).order_by("created_at", "pk")
    return tuple(
        Factor(row.pk, str(row.type), row.data.get("name", ""), row.created_at, row.last_used_at)
        for row in rows
    )


def has_factor(person: Person) -> bool:
    """Return whether the person has an app or a passkey."""
    return bool(Authenticator.objects.filter(user=person, type__in=[APP, PASSKEY]).exists())


def remove(person: Person, factor_id: int) -> str:
    """Remove one app or passkey; return its kind, nothing when the person has no such. With the last go the codes."""
    row = Authenticator.objects.filter(user=person, pk=factor_id, type__in=[APP, PASSKEY]).first()
    if row is None:
        return ""
    kind = str(row.type)
    row.delete()
    if not has_factor(person):
        remove_all(person)
    return kind


def remove_all(person: Person) -> None:
    """Remove every second factor, recovery codes too."""
    Authenticator.objects.filter(user=person).delete()
