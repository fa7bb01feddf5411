"""Through GC Notify or GOV.UK Notify, with one template a language there: ((subject)) and ((body)). Texts are ours."""

from collections.abc import Mapping

from notifications_python_client.errors import APIError, InvalidResponse
from notifications_python_client.notifications import NotificationsAPIClient

from parvis.mail.backends import PermanentFaultError, TemporaryFaultError
from parvis.mail.sealing import Letter
from parvis.mail.states import MailFault

USUAL = {
    "gc-notify": "https://api.notification.canada.ca",
    "gov-uk-notify": "https://api.notifications.service.gov.uk",
}
SECONDS = 30
BAD_REQUEST, FORBIDDEN, TOO_MANY, SERVER = 400, (401, 403), 429, 500


class _GcClient(NotificationsAPIClient):
    """GC Notify takes the key itself, where GOV.UK takes a token signed with it."""

    def __init__(self, key: str, **words: object) -> None:
        super().__init__(key, **words)
        self.whole_key = key

    def generate_headers(self, api_token: str) -> dict[str, str]:
        return {**super().generate_headers(api_token), "Authorization": f"ApiKey-v1 {self.whole_key}"}


class NotifyBackend:
    """Sends through a Notify service. It is asked first whether it has the message already: none goes twice."""

    def __init__(self, kind: str, *, key: str, templates: Mapping[str, str], url: str = "") -> None:
        make = _GcClient if kind == "gc-notify" else NotificationsAPIClient
        self.client = make(key, base_url=url or USUAL[kind], timeout=SECONDS)
        self.templates = templates

    def send(self, letter: Letter, *, public_id: str, language: str) -> str:
        """Hand over a letter. Raises TemporaryFaultError or PermanentFaultError."""
        fault: TemporaryFaultError
        try:
            if known := self._known(public_id):
                return known
            answer = self.client.send_email_notification(
                email_address=letter.address,
                template_id=self.templates[language],
                personalisation={"subject": letter.subject, "body": letter.text},
                reference=public_id,
            )
            return str(answer["id"])
        except (APIError, InvalidResponse) as error:
            fault = fault_of(error)
        raise fault  # outside the handler, so that no trace carries the service's words

    def _known(self, public_id: str) -> str:
        """Return its identifier there, if an attempt that we did not see the end of got through."""
        found = self.client.get_all_notifications(reference=public_id)["notifications"]
        return str(found[0]["id"]) if found else ""


def fault_of(error: APIError) -> TemporaryFaultError:
    """Return what a refusal means for the message."""
    status = error.status_code
    if status in FORBIDDEN:
        return TemporaryFaultError(MailFault.CREDENTIALS)
    if status == TOO_MANY:
        return TemporaryFaultError(MailFault.BUSY)
    if status >= SERVER or isinstance(error, InvalidResponse):
        return TemporaryFaultError(MailFault.UNREACHABLE)
    about_address = status == BAD_REQUEST and "email_address" in str(error.message)
    return PermanentFaultError(MailFault.ADDRESS_REFUSED if about_address else MailFault.MESSAGE_REFUSED)
