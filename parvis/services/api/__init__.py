"""Services, standards, figures and editions as data."""

from ninja import Router

from parvis.services.api.figures import router as figures
from parvis.services.api.services import router as services

router = Router(auth=None, tags=["services"])
router.add_router("", services)
router.add_router("", figures)
