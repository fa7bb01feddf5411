"""What happens to the service inventory, told in both languages."""

from parvis.audit.events import EventName, describe
from parvis.core.bilingual import Text


class ServicesEvent(EventName):
    """The closed vocabulary of this room."""

    LOAD_STARTED = "services:load:started"
    LOAD_COMPLETED = "services:load:completed"
    LOAD_INTERRUPTED = "services:load:interrupted"
    SERVICE_YEAR_EDITED = "services:service-year:edited"
    STANDARD_YEAR_EDITED = "services:standard-year:edited"
    SERVICE_YEAR_BEGUN = "services:service-year:begun"
    MEASURE_GIVEN = "services:measure:given"
    MEASURE_TAKEN_BACK = "services:measure:taken-back"
    EDITION_PUBLISHED = "services:edition:published"


describe(
    {
        ServicesEvent.LOAD_STARTED: Text(
            "A load of a file of the service inventory began.",
            "Le chargement d’un fichier du répertoire des services a commencé.",
        ),
        ServicesEvent.LOAD_COMPLETED: Text(
            "A load of the service inventory went through the whole file.",
            "Un chargement du répertoire des services est allé au bout du fichier.",
        ),
        ServicesEvent.LOAD_INTERRUPTED: Text(
            "A load of the service inventory had stopped before the end of its file.",
            "Un chargement du répertoire des services s’était arrêté avant la fin de son fichier.",
        ),
        ServicesEvent.SERVICE_YEAR_EDITED: Text(
            "A person changed what is reported of a service for a year.",
            "Une personne a modifié ce qui est déclaré d’un service pour un exercice.",
        ),
        ServicesEvent.STANDARD_YEAR_EDITED: Text(
            "A person changed what is reported of a service standard for a year.",
            "Une personne a modifié ce qui est déclaré d’une norme de service pour un exercice.",
        ),
        ServicesEvent.SERVICE_YEAR_BEGUN: Text(
            "A fiscal year was begun for a service: its record of the last year was carried on, without volumes.",
            "Un exercice a été commencé pour un service : sa dernière fiche a été reprise, sans les volumes.",
        ),
        ServicesEvent.MEASURE_TAKEN_BACK: Text(
            "A measure of a service was taken back.", "Une mesure d’un service a été retirée."
        ),
        ServicesEvent.MEASURE_GIVEN: Text(
            "A measure of a service was given.", "Une mesure d’un service a été donnée."
        ),
        ServicesEvent.EDITION_PUBLISHED: Text(
            "An edition of the figures of a fiscal year was published and frozen.",
            "Une édition des chiffres d’un exercice a été publiée et figée.",
        ),
    }
)
