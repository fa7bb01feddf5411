"""What happens to the registers, told in both languages."""

from parvis.audit.events import EventName, describe
from parvis.core.bilingual import Text


class DisclosureEvent(EventName):
    """The closed vocabulary of this room."""

    LOAD_STARTED = "disclosure:load:started"
    LOAD_COMPLETED = "disclosure:load:completed"
    LOAD_INTERRUPTED = "disclosure:load:interrupted"
    WITHDRAWN = "disclosure:records:withdrawn"
    WITHDRAWAL_HELD = "disclosure:withdrawal:held"


describe(
    {
        DisclosureEvent.LOAD_STARTED: Text(
            "A load of a file began.", "Le chargement d’un fichier a commencé."
        ),
        DisclosureEvent.LOAD_COMPLETED: Text(
            "A load went through the whole file.", "Un chargement est allé au bout du fichier."
        ),
        DisclosureEvent.LOAD_INTERRUPTED: Text(
            "A load had stopped before the end of its file; the next one went on from there.",
            "Un chargement s’était arrêté avant la fin de son fichier ; le suivant a repris de là.",
        ),
        DisclosureEvent.WITHDRAWN: Text(
            "Records that the source no longer holds were withdrawn.",
            "Des documents que la source ne contient plus ont été retirés.",
        ),
        DisclosureEvent.WITHDRAWAL_HELD: Text(
            "A file lacked so many records that nothing was withdrawn until a person confirms.",
            "Il manquait tant d’éléments dans un fichier que rien n’a été retiré avant confirmation par une personne.",
        ),
    }
)
