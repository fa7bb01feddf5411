"""The messages that this room sends, declared for `mail`: what each may say, with an invented example."""

from datetime import timedelta

from parvis.accounts.models.codes import VALID_FOR
from parvis.core.bilingual import Text
from parvis.mail.registry import MailField, MailTemplate

MINUTES = int(VALID_FOR.total_seconds() // 60)

CODE = MailTemplate(
    name="accounts/code",
    title=Text("Code by e-mail", "Code par courriel"),
    context={
        "what": MailField(
            help=Text("What the code is for, a sentence.", "À quoi sert le code, une phrase."),
            example=Text("With this code you sign in.", "Avec ce code, vous ouvrez une session."),
        ),
        "code": MailField(help=Text("The code.", "Le code."), example=Text("1234 5678", "1234 5678")),
        "minutes": MailField(
            help=Text("For how many minutes it is taken.", "Pendant combien de minutes il est accepté."),
            example=MINUTES,
            is_personal=False,
        ),
    },
    useful_for=VALID_FOR,
)
ACCOUNT_CLOSED = MailTemplate(
    name="accounts/account_closed",
    title=Text("Sign-in to a closed account", "Connexion à un compte fermé"),
    useful_for=timedelta(hours=1),
)
ACCOUNT_CHANGED = MailTemplate(
    name="accounts/account_changed",
    title=Text("Something changed in an account", "Changement dans un compte"),
    context={
        "what": MailField(
            help=Text("What happened, a sentence.", "Ce qui s’est passé, une phrase."),
            example=Text(
                "A second factor was added to your account.", "Un second facteur a été ajouté à votre compte."
            ),
        ),
        "todo": MailField(
            help=Text("What to do about it, a sentence.", "Ce qu’il y a à faire, une phrase."),
            example=Text(
                "If that was not you, sign in and look at your sessions and second factors.",
                "Si ce n’était pas vous, ouvrez une session et vérifiez vos sessions et vos seconds facteurs.",
            ),
        ),
        "url": MailField(
            help=Text("The page of the account.", "La page du compte."),
            example=Text("https://parvis.example.org/en/account", "https://parvis.example.org/fr/compte"),
            is_personal=False,
        ),
    },
)
ALL = (CODE, ACCOUNT_CLOSED, ACCOUNT_CHANGED)
