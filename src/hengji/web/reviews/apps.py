"""The app reviews (复核与申诉)."""

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    """复核与申诉."""

    name = "hengji.web.reviews"
    label = "reviews"
    verbose_name = "复核与申诉"
