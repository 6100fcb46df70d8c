"""The app reviews (复核与申诉)."""

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    """复核与申诉."""

    name = "hengji.web.reviews"
    label = "reviews"
    verbose_name = "复核与申诉"

    def ready(self) -> None:
        """Brings what review and the formal check ask of moves."""
        from hengji.web.reviews import formal_guards, guards  # noqa: F401, PLC0415 - for their effect, once models are there
