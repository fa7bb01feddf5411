"""Sending people the private links to what is theirs. What comes back says nothing of whether there was anything."""

from parvis.access import notices, policy
from parvis.access.models import Draft, Requester, Submission
from parvis.core.action import action, require
from parvis.core.actor import Actor
from parvis.core.bilingual import Language
from parvis.core.keys import keyed_mark

LINKS_AT_MOST = 20


@action
def send_draft_link(*, actor: Actor, draft: Draft, key: str, address: str, language: Language) -> None:
    """Send the private link of a draft to an address, which is not kept with the draft."""
    require(policy.can_open_draft(actor, draft, key))
    notices.draft_link(actor=actor, draft=draft, key=key, address=address, language=language)


@action
def send_own_links(*, actor: Actor, address: str, language: Language) -> None:
    """Send to an address the links of the requests that were sent with it, the newest first; else nothing."""
    mark = keyed_mark("access: addresses of requesters", address.strip().lower())
    rows = Requester.objects.filter(address_mark=mark, purged_at__isnull=True).order_by("-created_at", "-pk")
    links = []
    for requester in rows[:LINKS_AT_MOST]:
        submission = Submission.objects.filter(requester=requester).select_related("requester").first()
        if submission is not None and not requester.is_erased("sealed"):
            key = requester.read_sealed("sealed")["key"]
            links.append(notices.follow_url(submission, language, key))
    if links:
        notices.own_links(actor=actor, links=links, address=address, language=language)
