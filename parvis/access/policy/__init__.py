"""Who may see and do what with requests; who asks is a question of its own."""

from parvis.access.policy.drafts import can_open_draft, drafts_open_to
from parvis.access.policy.requests import (
    Permission,
    can_clarify,
    can_follow,
    can_hold,
    can_move,
    can_open_file,
    can_see,
    can_see_desk,
    can_see_requester,
    can_work,
    could_change,
    followed_by,
    requesters_visible_to,
    visible_to,
)

__all__ = [
    "Permission",
    "can_clarify",
    "can_follow",
    "can_hold",
    "can_move",
    "can_open_draft",
    "can_open_file",
    "can_see",
    "can_see_desk",
    "can_see_requester",
    "can_work",
    "could_change",
    "drafts_open_to",
    "followed_by",
    "requesters_visible_to",
    "visible_to",
]
