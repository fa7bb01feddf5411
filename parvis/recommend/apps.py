from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from parvis.theme.navigation import Place, Way, register_ways
from parvis.theme.staff import StaffPage, register_staff_page


class RecommendConfig(AppConfig):
    """The room, as Django knows it."""

    name = "parvis.recommend"
    label = "recommend"

    def ready(self) -> None:
        """Tell search what to keep and to learn for the comparison of texts; lay the ways to the pages."""
        from parvis.recommend import elsewhere, matters  # noqa: PLC0415  # the rooms below are ready only now
        from parvis.recommend.learning import learn_wording  # noqa: PLC0415  # as above
        from parvis.recommend.policy import can_list_unanswered  # noqa: PLC0415  # as above
        from parvis.search.sources import register_learner, register_phrases  # noqa: PLC0415  # as above

        register_phrases(elsewhere.phrases, matters.phrases, vectors=matters.VECTORS)
        register_learner(learn_wording)
        register_ways(Place.FOOT, Way(name="how_suggestions_work", title=_("How suggestions work")))
        register_staff_page(
            StaffPage(
                name="unanswered",
                title=_("Searches without an answer"),
                description=_("What people look for and do not find: a list to publish from."),
                may=can_list_unanswered,
            )
        )
