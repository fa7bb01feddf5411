"""Where a message stands, why it does not go, and the moves between."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from parvis.core.states import Transition


class MailState(TextChoices):
    """Where a message stands."""

    QUEUED = "queued", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", pgettext_lazy("of a message", "Sent")
    FAILED = "failed", _("Not sent")
    BOUNCED = "bounced", _("Returned")


class MailFault(TextChoices):
    """Why a message did not go, or came back. None of them says to whom."""

    UNREACHABLE = "unreachable", _("The mail server cannot be reached.")
    ENCRYPTION = "encryption", _("The mail server offers no encryption that can be trusted.")
    CREDENTIALS = (
        "credentials",
        _("The mail server does not accept our name and password, our key or our sender."),
    )
    BUSY = "busy", _("The mail server asked us to try later.")
    ADDRESS_REFUSED = "address-refused", _("The mail server does not accept this address.")
    MESSAGE_REFUSED = "message-refused", _("The mail server does not accept this message.")
    UNREADABLE = "unreadable", _("The content cannot be read: the secret key has changed since.")
    TOO_OLD = "too-old", _("It could not be sent before it lost its purpose.")
    UNFORESEEN = (
        "unforeseen",
        _("Something went wrong that Parvis did not foresee; the log has the kind of error."),
    )
    NO_SUCH_ADDRESS = "no-such-address", _("It came back: the address does not exist or refuses mail.")
    NOT_DELIVERED = "not-delivered", _("It came back: it could not be delivered in time.")


SENDABLE = frozenset({MailState.QUEUED, MailState.SENDING})
SEND = Transition("send", frozenset({MailState.SENDING}), MailState.SENT)
POSTPONE = Transition("postpone", frozenset({MailState.SENDING}), MailState.QUEUED)
GIVE_UP = Transition("give_up", SENDABLE, MailState.FAILED)
BOUNCE = Transition("bounce", frozenset({MailState.SENT, MailState.SENDING}), MailState.BOUNCED)
RETRY = Transition("retry", frozenset({MailState.FAILED}), MailState.QUEUED)
