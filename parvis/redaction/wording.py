"""What each kind is called, and what a person who typed it is told: what it is and what to do instead."""

from collections.abc import Mapping

from parvis.core.bilingual import Text
from parvis.redaction.findings import Kind

NAMES: Mapping[Kind, Text] = {
    Kind.SIN: Text("social insurance number", "numéro d’assurance sociale"),
    Kind.CARD: Text("payment card number", "numéro de carte de paiement"),
    Kind.HEALTH_CARD: Text("health card number", "numéro de carte d’assurance maladie"),
    Kind.PASSPORT: Text("passport number", "numéro de passeport"),
    Kind.LICENCE: Text("driver’s licence number", "numéro de permis de conduire"),
    Kind.CLIENT_ID: Text("immigration client number", "numéro de client de l’immigration"),
    Kind.ACCOUNT: Text("bank account number", "numéro de compte bancaire"),
    Kind.BIRTH: Text("date of birth", "date de naissance"),
    Kind.EMAIL: Text("e-mail address", "adresse de courriel"),
    Kind.PHONE: Text("telephone number", "numéro de téléphone"),
    Kind.ADDRESS: Text("address or postal code", "adresse ou code postal"),
    Kind.IP: Text("IP address", "adresse IP"),
}
WARNINGS: Mapping[Kind, Text] = {
    Kind.SIN: Text(
        "This looks like a social insurance number. Take it out: nobody needs it to search for records.",
        "Cela ressemble à un numéro d’assurance sociale. Retirez-le : personne n’en a besoin pour chercher des "
        "documents.",
    ),
    Kind.CARD: Text(
        "This looks like the number of a payment card. Take it out: a fee is paid on its own page, never here.",
        "Cela ressemble au numéro d’une carte de paiement. Retirez-le : les frais se paient sur leur propre "
        "page, jamais ici.",
    ),
    Kind.HEALTH_CARD: Text(
        "This looks like a health card number. Take it out, and say in words which records you are looking for.",
        "Cela ressemble à un numéro de carte d’assurance maladie. Retirez-le et dites en mots quels documents "
        "vous cherchez.",
    ),
    Kind.PASSPORT: Text(
        "This looks like a passport number. Take it out: if it is needed to find your own file, a later step "
        "asks for it "
        "and keeps it apart.",
        "Cela ressemble à un numéro de passeport. Retirez-le : s’il faut un tel numéro pour trouver votre "
        "propre dossier, "
        "une étape suivante le demande et le garde à part.",
    ),
    Kind.LICENCE: Text(
        "This looks like a driver’s licence number. Take it out, and describe the records in words.",
        "Cela ressemble à un numéro de permis de conduire. Retirez-le et décrivez les documents en mots.",
    ),
    Kind.CLIENT_ID: Text(
        "This looks like an immigration client number. Take it out: if you ask for your own file, a later step "
        "asks for "
        "it and keeps it apart.",
        "Cela ressemble à un numéro de client de l’immigration. Retirez-le : si vous demandez votre propre "
        "dossier, une "
        "étape suivante le demande et le garde à part.",
    ),
    Kind.ACCOUNT: Text(
        "This looks like a bank account number. Take it out: nobody needs it to search for records.",
        "Cela ressemble à un numéro de compte bancaire. Retirez-le : personne n’en a besoin pour chercher des "
        "documents.",
    ),
    Kind.BIRTH: Text(
        "This looks like a date of birth. Take it out: if it is needed to find your own file, a later step "
        "asks for it "
        "and keeps it apart.",
        "Cela ressemble à une date de naissance. Retirez-la : s’il faut une telle date pour trouver votre "
        "propre dossier, "
        "une étape suivante la demande et la garde à part.",
    ),
    Kind.EMAIL: Text(
        "This looks like an e-mail address. If it is yours, take it out: a later step asks how to reach you. "
        "If it is "
        "someone else’s, the name of the office or the position is usually enough.",
        "Cela ressemble à une adresse de courriel. Si c’est la vôtre, retirez-la : une étape suivante demande "
        "comment vous "
        "joindre. Si c’est celle d’une autre personne, le nom du bureau ou du poste suffit d’habitude.",
    ),
    Kind.PHONE: Text(
        "This looks like a telephone number. If it is yours, take it out: a later step asks how to reach you.",
        "Cela ressemble à un numéro de téléphone. Si c’est le vôtre, retirez-le : une étape suivante demande "
        "comment vous "
        "joindre.",
    ),
    Kind.ADDRESS: Text(
        "This looks like someone’s address. If you live there, take it out: a later step asks for it where it "
        "is needed. "
        "If your request is about a building or a piece of land, it may stay.",
        "Cela ressemble à l’adresse d’une personne. Si vous y habitez, retirez-la : une étape suivante la "
        "demande s’il le "
        "faut. Si votre demande porte sur un immeuble ou un terrain, elle peut rester.",
    ),
    Kind.IP: Text(
        "This looks like the IP address of a computer, which can point to a person. Take it out unless your "
        "request is about it.",
        "Cela ressemble à l’adresse IP d’un ordinateur, qui peut mener à une personne. Retirez-la, sauf si "
        "votre demande porte "
        "sur elle.",
    ),
}
