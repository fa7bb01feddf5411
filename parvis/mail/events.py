"""What happens to messages, told in both languages. No event says to whom, or what a message says."""

from parvis.audit.events import EventName, describe
from parvis.core.bilingual import Text


class MailEvent(EventName):
    """The closed vocabulary of this room."""

    QUEUED = "mail:message:queued"
    SENT = "mail:message:sent"
    GIVEN_UP = "mail:message:given_up"
    BOUNCED = "mail:message:bounced"
    RETRIED = "mail:message:retried"


describe(
    {
        MailEvent.QUEUED: Text("A message was queued.", "Un message a été mis en file d’attente."),
        MailEvent.SENT: Text(
            "A message was handed to the mail server.", "Un message a été remis au serveur de courriel."
        ),
        MailEvent.GIVEN_UP: Text(
            "A message could not be sent, and will not be tried again.",
            "Un message n’a pas pu être envoyé et ne sera plus tenté.",
        ),
        MailEvent.BOUNCED: Text("A message came back.", "Un message est revenu."),
        MailEvent.RETRIED: Text(
            "A person had a message tried once more.",
            "Une personne a fait tenter un message encore une fois.",
        ),
    }
)
