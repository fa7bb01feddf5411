"""OpenID Connect, on allauth's client: what a provider says of somebody, once everything about it is checked.

allauth fetches the provider's description, keeps `state` and the PKCE verifier in the session and exchanges the code.
Besides, here: the ID token's signature is checked (allauth trusts the channel), a nonce binds the token to this
browser, and the issuer that answers is the one that was asked (RFC 9207).
"""

import secrets
from dataclasses import dataclass
from typing import Any

import jwt
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.internal import statekit
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare
from requests import RequestException

from parvis.core.bilingual import Text

LONGEST_NAME = 200
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
"""Signatures by a key that only the provider has; never `none`, nor one made with a shared secret."""
CLOCKS_MAY_DIFFER = 60  # seconds


class ProviderError(Exception):
    """The provider did not vouch for anybody; the reason is a word for the log, never what it said of a person."""


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider of this installation, as the sign-in page shows it."""

    id: str
    name: Text


@dataclass(frozen=True, slots=True)
class Told:
    """What a provider says of somebody.

    `is_strong`: by a way that this installation counts as a second factor. `is_identified`: the provider has verified
    who the person is, not only that they read mail at an address.
    """

    provider_id: str
    provider_name: Text
    subject: str
    address: str
    is_address_verified: bool
    name: str
    is_strong: bool
    is_identified: bool


def providers() -> tuple[Provider, ...]:
    """Return the providers that the settings name, in their order."""
    return tuple(Provider(one.id, Text(one.name_en, one.name_fr)) for one in settings.OIDC_PROVIDERS)


def identifying() -> tuple[Provider, ...]:
    """Return those that verify who somebody is."""
    known = {one.id for one in settings.OIDC_PROVIDERS if one.identity}
    return tuple(one for one in providers() if one.id in known)


def way_to(request: HttpRequest, provider_id: str, *, goes_on_to: str) -> str:
    """Return the address at the provider to which the browser goes, and remember in the session what was asked.

    Raises ProviderError when the provider does not answer, and LookupError when there is no such.
    """
    provider = _provider(request, provider_id)
    nonce = secrets.token_urlsafe(24)
    try:
        answer = provider.redirect(
            request, "login", data={"nonce": nonce, "next": goes_on_to}, auth_params={"nonce": nonce}
        )
    except (RequestException, OAuth2Error, KeyError, ValueError) as error:
        raise ProviderError("unreachable") from error
    return str(answer["Location"])


def told_by(request: HttpRequest, provider_id: str) -> tuple[Told, str]:
    """Return what the provider says in this callback, and where the person was going.

    Raises ProviderError when anything about it is not right, and LookupError when there is no such provider.
    """
    provider = _provider(request, provider_id)
    adapter = OpenIDConnectOAuth2Adapter(request, provider_id)
    state = statekit.unstash_state(
        request, provider_id=provider.sub_id, state_id=request.GET.get("state", "")
    )
    if state is None:
        raise ProviderError("state")
    if "code" not in request.GET:
        raise ProviderError("cancelled")
    try:
        issuer = adapter.openid_config["issuer"]
        named = issuer.rstrip("/") == provider.app.settings["server_url"]  # OpenID Connect Discovery 1.0, 4.3
        if not named or request.GET.get("iss", issuer) != issuer:
            raise ProviderError("issuer")
        claims = _claims(request, provider, adapter, state)
    except (RequestException, OAuth2Error, jwt.PyJWTError, KeyError, ValueError, TypeError) as error:
        raise ProviderError(type(error).__name__) from error
    return _told(provider_id, claims), str(state["data"].get("next", ""))


def _provider(request: HttpRequest, provider_id: str) -> Any:
    try:
        return get_adapter(request).get_provider(request, provider=provider_id)
    except SocialApp.DoesNotExist as error:
        raise LookupError(provider_id) from error


def _claims(request: HttpRequest, provider: Any, adapter: Any, state: dict[str, Any]) -> dict[str, Any]:
    """Exchange the code and return the claims: those of the ID token, and of the user's page when it has no address."""
    app = provider.app
    client = adapter.get_client(request, app)
    token = adapter.get_access_token_data(
        request, app, client, pkce_code_verifier=state.get("pkce_code_verifier")
    )
    claims = _verified(str(token["id_token"]), adapter.openid_config, app.client_id)
    if not constant_time_compare(str(claims.get("nonce", "")), state["data"]["nonce"]):
        raise ProviderError("nonce")
    if "email" not in claims and "userinfo_endpoint" in adapter.openid_config:
        page = adapter._fetch_user_info(token["access_token"])  # noqa: SLF001  # allauth names no public way
        if page.get("sub") != claims["sub"]:
            raise ProviderError("subject")
        claims = {**page, **claims}
    return claims


def _verified(id_token: str, config: dict[str, Any], client_id: str) -> dict[str, Any]:
    """Return the claims of an ID token that this provider signed for us and that has not expired.

    Source: OpenID Connect Core 1.0, 3.1.3.7. Without a `kid` the provider has one key, else the token is refused.
    """
    with get_adapter().get_requests_session() as session:
        answer = session.get(config["jwks_uri"])
        answer.raise_for_status()
        keys = jwt.PyJWKSet.from_dict(answer.json()).keys
    kid = jwt.get_unverified_header(id_token).get("kid")
    fitting = [key for key in keys if kid is None or key.key_id == kid]
    if len(fitting) != 1:
        raise ProviderError("key")
    claims: dict[str, Any] = jwt.decode(
        id_token,
        fitting[0].key,
        algorithms=ALGORITHMS,
        issuer=config["issuer"],
        audience=client_id,
        leeway=CLOCKS_MAY_DIFFER,
        options={"require": ["iss", "sub", "aud", "exp", "iat"]},
    )
    if claims.get("azp", client_id) != client_id:
        raise ProviderError("azp")
    return claims


def _told(provider_id: str, claims: dict[str, Any]) -> Told:
    asked = next(one for one in settings.OIDC_PROVIDERS if one.id == provider_id)
    methods = claims.get("amr") or []
    said = {str(claims.get("acr", "")), *(str(one) for one in methods if isinstance(methods, list))}
    return Told(
        provider_id=provider_id,
        provider_name=Text(asked.name_en, asked.name_fr),
        subject=str(claims["sub"]),
        address=str(claims.get("email") or "").strip().lower(),
        is_address_verified=claims.get("email_verified") is True,
        name=str(claims.get("name") or "")[:LONGEST_NAME],
        is_strong=bool(said.intersection(asked.second_factor)),
        is_identified="*" in asked.identity or bool(said.intersection(asked.identity)),
    )
