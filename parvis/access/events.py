"""What happens to requests, told in both languages. No event holds anything of who asks."""

from parvis.audit.events import EventName, describe
from parvis.core.actor import Actor, ActorKind
from parvis.core.bilingual import Text


class AccessEvent(EventName):
    """The closed vocabulary of this room."""

    DRAFT_STARTED = "access:draft:started"
    DRAFT_DISCARDED = "access:draft:discarded"
    SENT = "access:submission:sent"
    FILED = "access:request:filed"
    RECEIVED = "access:request:received"
    WITHDRAWN = "access:request:withdrawn"
    LAPSED = "access:request:lapsed"
    CLARIFIED = "access:request:clarified"
    LINKED = "access:request:linked"
    UNLINKED = "access:request:unlinked"
    MOVED = "access:request:moved"
    RECEIPT_MADE = "access:receipt:made"
    FILE_KEPT = "access:attachment:kept"
    FILE_CLEARED = "access:attachment:cleared"
    FILE_REFUSED = "access:attachment:refused"
    FILE_REMOVED = "access:attachment:removed"
    FEE_CAME = "access:request:fee_came"
    PAYMENT_STARTED = "access:payment:started"
    PAYMENT_CONFIRMED = "access:payment:confirmed"
    PAYMENT_FAILED = "access:payment:failed"
    PAYMENT_DOUBLED = "access:payment:doubled"
    PAYMENT_REFUNDED = "access:payment:refunded"
    HOLD_PLACED = "access:hold:placed"
    HOLD_LIFTED = "access:hold:lifted"
    PURGED = "access:purge:done"
    USUAL_FILES_LOADED = "access:usual_files:loaded"


def unnamed(actor: Actor) -> Actor:
    """Return who asks as the trail may tell of them: that somebody was signed in, and never who.

    Those who read the trail are not those who may be told who asks.
    """
    return Actor(ActorKind.PERSON) if actor.kind is ActorKind.PERSON else actor


describe(
    {
        AccessEvent.DRAFT_STARTED: Text("A draft was begun", "Un brouillon a été commencé"),
        AccessEvent.DRAFT_DISCARDED: Text("A draft was deleted", "Un brouillon a été supprimé"),
        AccessEvent.SENT: Text("A submission was sent", "Un envoi a été fait"),
        AccessEvent.FILED: Text("A request was filed", "Une demande a été déposée"),
        AccessEvent.RECEIVED: Text(
            "A request was received: its clock began",
            "Une demande a été reçue\N{NO-BREAK SPACE}: son délai a commencé à courir",
        ),
        AccessEvent.WITHDRAWN: Text("A request was withdrawn", "Une demande a été retirée"),
        AccessEvent.LAPSED: Text(
            "A request lapsed: its fee was not paid",
            "Une demande est caduque\N{NO-BREAK SPACE}: les droits n’ont pas été payés",
        ),
        AccessEvent.CLARIFIED: Text(
            "The text of a request was clarified", "Le texte d’une demande a été précisé"
        ),
        AccessEvent.LINKED: Text("Two requests were linked", "Deux demandes ont été liées"),
        AccessEvent.UNLINKED: Text(
            "A link between two requests was removed", "Un lien entre deux demandes a été retiré"
        ),
        AccessEvent.MOVED: Text(
            "A request passed to the successor of its institution",
            "Une demande est passée au successeur de l’institution",
        ),
        AccessEvent.RECEIPT_MADE: Text(
            "A receipt was made and sealed", "Un accusé de réception a été produit et scellé"
        ),
        AccessEvent.FILE_KEPT: Text("A file was attached", "Un fichier a été joint"),
        AccessEvent.FILE_CLEARED: Text(
            "A file was scanned: nothing was found",
            "Un fichier a été analysé\N{NO-BREAK SPACE}: rien n’a été trouvé",
        ),
        AccessEvent.FILE_REFUSED: Text(
            "A file was refused and deleted: something harmful was found",
            "Un fichier a été refusé et supprimé\N{NO-BREAK SPACE}: un élément nuisible a été trouvé",
        ),
        AccessEvent.FILE_REMOVED: Text("A file was removed", "Un fichier a été retiré"),
        AccessEvent.FEE_CAME: Text(
            "A fee came otherwise than by card", "Des droits sont arrivés autrement que par carte"
        ),
        AccessEvent.PAYMENT_STARTED: Text("A payment was begun", "Un paiement a été commencé"),
        AccessEvent.PAYMENT_CONFIRMED: Text("A payment was confirmed", "Un paiement a été confirmé"),
        AccessEvent.PAYMENT_FAILED: Text("A payment failed", "Un paiement a échoué"),
        AccessEvent.PAYMENT_DOUBLED: Text(
            "A second payment came for what was paid already: it is given back",
            "Un second paiement est arrivé pour ce qui était déjà payé\N{NO-BREAK SPACE}: il est remboursé",
        ),
        AccessEvent.PAYMENT_REFUNDED: Text(
            "What was paid too much was given back", "Ce qui avait été payé en trop a été remboursé"
        ),
        AccessEvent.HOLD_PLACED: Text("A legal hold was placed", "Une conservation légale a été ordonnée"),
        AccessEvent.HOLD_LIFTED: Text("A legal hold was lifted", "Une conservation légale a été levée"),
        AccessEvent.PURGED: Text(
            "What its schedule says was erased", "Ce que le calendrier de conservation prévoit a été effacé"
        ),
        AccessEvent.USUAL_FILES_LOADED: Text(
            "Usual files were loaded", "Des dossiers usuels ont été chargés"
        ),
    }
)
