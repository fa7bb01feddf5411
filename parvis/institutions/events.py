"""What happens to institutions, told in both languages."""

from parvis.audit.events import EventName, describe
from parvis.core.bilingual import Text


class InstitutionsEvent(EventName):
    """The closed vocabulary of this room."""

    LOADED = "institutions:facts:loaded"
    RENAMED = "institutions:institution:renamed"
    MERGED = "institutions:institution:merged"
    ROLE_GIVEN = "institutions:membership:given"
    ROLE_ENDED = "institutions:membership:ended"
    INVITED = "institutions:invitation:sent"
    INVITED_AGAIN = "institutions:invitation:resent"
    INVITATION_REVOKED = "institutions:invitation:revoked"
    INVITATION_ACCEPTED = "institutions:invitation:accepted"
    SWITCHED = "institutions:acting:switched"
    INSTRUMENT_ENTERED = "institutions:delegation:entered"
    INSTRUMENT_ENDED = "institutions:delegation:ended"
    JOINED = "institutions:onboarding:invited"
    ANSWERED = "institutions:onboarding:answered"
    TESTED = "institutions:onboarding:tested"
    REACHED = "institutions:onboarding:reached"
    WENT_LIVE = "institutions:onboarding:opened"
    PAUSED = "institutions:onboarding:paused"
    LEFT = "institutions:onboarding:left"
    CAME_BACK = "institutions:onboarding:returned"
    FILE_CONFIRMED = "institutions:file:confirmed"


describe(
    {
        InstitutionsEvent.LOADED: Text(
            "Facts about jurisdictions and institutions were loaded.",
            "Des faits sur les administrations et les institutions ont été chargés.",
        ),
        InstitutionsEvent.RENAMED: Text(
            "An institution took a new title; the former one is kept.",
            "Une institution a changé de titre ; l’ancien est conservé.",
        ),
        InstitutionsEvent.MERGED: Text(
            "An institution became part of another.", "Une institution a été intégrée à une autre."
        ),
        InstitutionsEvent.ROLE_GIVEN: Text("A role was given.", "Une fonction a été attribuée."),
        InstitutionsEvent.ROLE_ENDED: Text("A role ended.", "Une fonction a pris fin."),
        InstitutionsEvent.INVITED: Text("An invitation was sent.", "Une invitation a été envoyée."),
        InstitutionsEvent.INVITED_AGAIN: Text(
            "An invitation was sent again; the earlier one no longer works.",
            "Une invitation a été renvoyée ; la précédente ne fonctionne plus.",
        ),
        InstitutionsEvent.INVITATION_REVOKED: Text(
            "An invitation was revoked.", "Une invitation a été révoquée."
        ),
        InstitutionsEvent.INVITATION_ACCEPTED: Text(
            "An invitation was accepted.", "Une invitation a été acceptée."
        ),
        InstitutionsEvent.SWITCHED: Text(
            "A person began to act for another institution.",
            "Une personne a commencé à agir pour une autre institution.",
        ),
        InstitutionsEvent.INSTRUMENT_ENTERED: Text(
            "A delegation instrument was entered.", "Un arrêté de délégation a été inscrit."
        ),
        InstitutionsEvent.INSTRUMENT_ENDED: Text(
            "A delegation instrument ended.", "Un arrêté de délégation a pris fin."
        ),
        InstitutionsEvent.JOINED: Text(
            "An institution was invited to come on board.", "Une institution a été invitée à se joindre."
        ),
        InstitutionsEvent.ANSWERED: Text(
            "A section of an institution’s preparation was answered.",
            "Une section de la préparation d’une institution a été remplie.",
        ),
        InstitutionsEvent.TESTED: Text(
            "An institution’s test was run.", "L’essai d’une institution a été effectué."
        ),
        InstitutionsEvent.REACHED: Text(
            "The test message of an institution was opened at its access office.",
            "Le message d’essai d’une institution a été ouvert à son bureau de l’accès.",
        ),
        InstitutionsEvent.WENT_LIVE: Text(
            "An institution went live.", "Une institution a été mise en service."
        ),
        InstitutionsEvent.PAUSED: Text("An institution paused.", "Une institution a suspendu son service."),
        InstitutionsEvent.LEFT: Text("An institution left.", "Une institution s’est retirée."),
        InstitutionsEvent.CAME_BACK: Text(
            "An institution that had left came back.", "Une institution qui s’était retirée est revenue."
        ),
        InstitutionsEvent.FILE_CONFIRMED: Text(
            "A file that brings institutions on board was confirmed.",
            "Un fichier qui intègre des institutions a été confirmé.",
        ),
    }
)
