"""The API of this room: what is public, and what staff see once signed in."""

from parvis.institutions.api.public import router
from parvis.institutions.api.staff import router as staff_router

__all__ = ["router", "staff_router"]
