"""What people are told about their accounts, each in the language that they prefer."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from parvis.accounts.letters import ACCOUNT_CHANGED, ACCOUNT_CLOSED, CODE, MINUTES
from parvis.accounts.models import EmailCode, Person
from parvis.accounts.states import CodePurpose
from parvis.core.actor import Actor
from parvis.core.bilingual import Language, Text
from parvis.mail.actions import send_mail

WHAT_FOR = {
    str(CodePurpose.SIGN_IN): _("With this code you sign in."),
    str(CodePurpose.NEW_ADDRESS): _(
        "With this code you confirm this address as the new one of your account."
    ),
    str(CodePurpose.CONFIRM): _("With this code you confirm that it is you who is changing your account."),
}
LOOK = _(
    "If that was not you, sign in, look at your sessions and second factors, and end what you do not know."
)
STOP_IT = _("If you did not ask for this, sign in and stop the recovery on the page of your account.")


def code(*, actor: Actor, code: EmailCode) -> None:
    """Send a code to the address that it proves."""
    with translation.override(code.language):
        what = str(WHAT_FOR[code.purpose])
    send_mail(
        actor=actor,
        template=CODE.name,
        address=code.address,
        language=code.language,
        context={"what": what, "code": f"{code.code[:4]} {code.code[4:]}", "minutes": MINUTES},
        person_id=code.person_id,
    )


def account_closed(*, actor: Actor, person: Person) -> None:
    """Answer somebody who wants to sign in to an account that is closed: only whoever reads the mail learns it."""
    send_mail(
        actor=actor,
        template=ACCOUNT_CLOSED.name,
        address=person.email,
        language=person.language,
        context={},
        person_id=person.pk,
    )


def factor_added(*, actor: Actor, person: Person) -> None:
    """Tell that a second factor was added."""
    _changed(actor, person, _("A second factor was added to your account."))


def factor_removed(*, actor: Actor, person: Person) -> None:
    """Tell that a second factor was removed."""
    _changed(actor, person, _("A second factor was removed from your account."))


def recovery_code_used(*, actor: Actor, person: Person) -> None:
    """Tell that a recovery code was used."""
    _changed(actor, person, _("One of your recovery codes was used to sign in."))


def provider_linked(*, actor: Actor, person: Person, provider: Text) -> None:
    """Tell that from now one can sign in by a provider."""
    language: Language = "fr" if person.language == "fr" else "en"
    with translation.override(language):
        what = _("From now on you can also sign in by %(provider)s.") % {"provider": provider.in_(language)}
    _changed(actor, person, what)


def address_changed(*, actor: Actor, person: Person) -> None:
    """Tell the old address, before it is replaced, that it no longer signs in."""
    _changed(actor, person, _("The e-mail address of your account was changed. This one no longer opens it."))


def account_deleted(*, actor: Actor, person: Person) -> None:
    """Tell, while the address is still known, that the account is deleted."""
    what = _("Your account was deleted, as you asked.")
    _changed(actor, person, what, _("There is nothing more that you need to do."))


def recovery_asked(*, actor: Actor, person: Person) -> None:
    """Tell that somebody who reads this mail says that the second factor is lost."""
    what = _(
        "Somebody signed in by this address and asked to recover your account without its second factor."
    )
    _changed(actor, person, what, STOP_IT)


def recovery_confirmed(*, actor: Actor, person: Person) -> None:
    """Tell that the recovery was confirmed and when it can be completed."""
    what = _(
        "An administrator confirmed the recovery of your account. In 24 hours you can sign in and set up a new "
        "second factor; the old ones are then removed."
    )
    _changed(actor, person, what, STOP_IT)


def recovery_stopped(*, actor: Actor, person: Person) -> None:
    """Tell that the recovery was stopped."""
    _changed(
        actor, person, _("The recovery of your account was stopped. Your second factors stay as they are.")
    )


def recovery_completed(*, actor: Actor, person: Person) -> None:
    """Tell that the second factors were removed."""
    _changed(
        actor, person, _("The recovery of your account is complete: its old second factors were removed.")
    )


def _changed(actor: Actor, person: Person, what: Promise | str, todo: Promise = LOOK) -> None:
    with translation.override(person.language):
        context = {
            "what": str(what),
            "todo": str(todo),
            "url": f"{settings.BASE_URL}{reverse('account')}",
        }
    send_mail(
        actor=actor,
        template=ACCOUNT_CHANGED.name,
        address=person.email,
        language=person.language,
        context=context,
        person_id=person.pk,
    )
