"""What allauth asks of us: secrets encrypted at rest, and how this site is called to a passkey."""

import base64
from urllib.parse import urlsplit

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser

from parvis.accounts.place import THIS_MACHINE
from parvis.core.keys import derived_key
from parvis.theme.jurisdiction import current_theme
from parvis.theme.page import current_language


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    """Secrets of apps and seeds of recovery codes never stand in the database, or a backup of it, as they are."""

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Name this site by its public address: a passkey is bound to it, whichever host name a request came by.

        On somebody's own machine by the name in use: no passkey is bound to a number, so 127.0.0.1 has none.
        """
        host = urlsplit(settings.BASE_URL).hostname or "localhost"
        if host in THIS_MACHINE and context.request is not None:
            host = context.request.get_host().partition(":")[0]
        return {"id": host, "name": current_theme().name.in_(current_language())}

    def get_public_key_credential_user_entity(self, user: AbstractBaseUser) -> dict[str, object]:
        """Name a person to a passkey: by an identifier that says nothing, and the address by which they sign in."""
        return {
            "id": str(user.public_id).encode(),  # type: ignore[attr-defined]  # our Person has one
            "name": str(user.email),  # type: ignore[attr-defined]  # as above
            "display_name": str(user.name or user.email),  # type: ignore[attr-defined]  # as above
        }

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:  # noqa: ARG002  # allauth's signature
        return False  # only our own action removes one


def _cipher() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(derived_key("accounts: second factors")))
