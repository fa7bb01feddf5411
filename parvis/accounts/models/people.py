"""People. The model is the project's own from the first migration; nobody has a password."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from parvis.core.public_id import new_public_id


class PersonManager(BaseUserManager["Person"]):
    """Makes people by e-mail address, the one thing by which they sign in."""

    def create_person(
        self, *, email: str, name: str = "", language: str = "en", is_staff: bool = False
    ) -> "Person":
        """Make a person who has no password: sign-in is by code, provider or passkey."""
        person = self.model(
            email=self.normalize_email(email).lower(), name=name, language=language, is_staff=is_staff
        )
        person.set_unusable_password()
        person.full_clean()
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """Somebody who can sign in."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    language = models.CharField(
        _("preferred language"), max_length=2, choices=[("en", "English"), ("fr", "Français")]
    )
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("staff of this installation"), default=False)
    joined_at = models.DateTimeField(auto_now_add=True)
    deleted_at = models.DateTimeField(_("deleted"), null=True, blank=True, editable=False)

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(language__in=["en", "fr"]),
                name="accounts_person_language_is_official",
                violation_error_message=_("The language is English or French."),
            ),
        ]

    def __str__(self) -> str:
        return self.public_id
