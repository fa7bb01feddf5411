"""What happens to accounts, told in both languages. No event holds an e-mail address or a name."""

from parvis.audit.events import EventName, describe
from parvis.core.bilingual import Text


class AccountsEvent(EventName):
    """The closed vocabulary of this room."""

    CREATED = "accounts:person:created"
    SIGNED_IN = "accounts:person:signed-in"
    SIGNED_OUT = "accounts:person:signed-out"
    CODE_REFUSED = "accounts:code:refused"
    FACTOR_REFUSED = "accounts:factor:refused"
    FACTOR_SHOWN = "accounts:factor:shown"
    FACTOR_ADDED = "accounts:factor:added"
    FACTOR_REMOVED = "accounts:factor:removed"
    RECOVERY_CODES_MADE = "accounts:recovery-codes:made"
    PROVIDER_LINKED = "accounts:provider:linked"
    SESSION_REVOKED = "accounts:session:revoked"
    PROFILE_CHANGED = "accounts:profile:changed"
    ADDRESS_CHANGED = "accounts:address:changed"
    RECOVERY_ASKED = "accounts:recovery:asked"
    RECOVERY_CONFIRMED = "accounts:recovery:confirmed"
    RECOVERY_STOPPED = "accounts:recovery:stopped"
    RECOVERY_COMPLETED = "accounts:recovery:completed"
    STAFF_SET = "accounts:staff:set"
    DEACTIVATED = "accounts:person:deactivated"
    DELETED = "accounts:person:deleted"


describe(
    {
        AccountsEvent.CREATED: Text("An account was made.", "Un compte a été créé."),
        AccountsEvent.SIGNED_IN: Text("A person signed in.", "Une personne a ouvert une session."),
        AccountsEvent.SIGNED_OUT: Text("A person signed out.", "Une personne a fermé sa session."),
        AccountsEvent.CODE_REFUSED: Text(
            "A wrong or expired code was refused.", "Un code erroné ou expiré a été refusé."
        ),
        AccountsEvent.FACTOR_REFUSED: Text("A second factor was refused.", "Un second facteur a été refusé."),
        AccountsEvent.FACTOR_SHOWN: Text("A second factor was shown.", "Un second facteur a été présenté."),
        AccountsEvent.FACTOR_ADDED: Text("A second factor was added.", "Un second facteur a été ajouté."),
        AccountsEvent.FACTOR_REMOVED: Text("A second factor was removed.", "Un second facteur a été retiré."),
        AccountsEvent.RECOVERY_CODES_MADE: Text(
            "New recovery codes were made.", "De nouveaux codes de secours ont été produits."
        ),
        AccountsEvent.PROVIDER_LINKED: Text(
            "A sign-in provider was linked to an account.", "Un fournisseur d’identité a été lié à un compte."
        ),
        AccountsEvent.SESSION_REVOKED: Text(
            "A session was ended from afar.", "Une session a été fermée à distance."
        ),
        AccountsEvent.PROFILE_CHANGED: Text(
            "A person changed their name or language.", "Une personne a changé son nom ou sa langue."
        ),
        AccountsEvent.ADDRESS_CHANGED: Text(
            "A person changed their e-mail address.", "Une personne a changé son adresse de courriel."
        ),
        AccountsEvent.RECOVERY_ASKED: Text(
            "The recovery of an account was asked for.", "La récupération d’un compte a été demandée."
        ),
        AccountsEvent.RECOVERY_CONFIRMED: Text(
            "An administrator confirmed a recovery.", "Un administrateur a confirmé une récupération."
        ),
        AccountsEvent.RECOVERY_STOPPED: Text("A recovery was stopped.", "Une récupération a été arrêtée."),
        AccountsEvent.RECOVERY_COMPLETED: Text(
            "A recovery was completed: the second factors were removed.",
            "Une récupération a été menée à terme : les seconds facteurs ont été retirés.",
        ),
        AccountsEvent.STAFF_SET: Text(
            "A person was made, or no longer is, staff of the installation.",
            "Une personne fait désormais partie, ou non, du personnel de l’installation.",
        ),
        AccountsEvent.DEACTIVATED: Text("An account was deactivated.", "Un compte a été désactivé."),
        AccountsEvent.DELETED: Text("A person deleted their account.", "Une personne a supprimé son compte."),
    }
)
