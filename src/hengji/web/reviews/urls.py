"""Addresses of review."""

from django.urls import path

from hengji.web.reviews.views import alike, assignments, leaf, opinions, questions, queue, samples, second

_F = "reviews/<int:filing_id>/"
urlpatterns = [
    path("reviews/", queue.queue, name="reviews"),
    path(_F, leaf.review, name="review"),
    path(_F + "second/", second.second, name="second"),
    path(_F + "questions/", questions.questions, name="questions"),
    path(_F + "questions/ask/", questions.question_ask, name="question_ask"),
    path(_F + "questions/<int:thread>/follow/", questions.question_follow, name="question_follow"),
    path(_F + "questions/<int:thread>/answer/", questions.question_answer, name="question_answer"),
    path(_F + "proofs/<slug:sha256>/", questions.proof, name="proof"),
    path(_F + "<str:leaf>/", leaf.review_leaf, name="review_leaf"),
    path(_F + "<str:leaf>/judge/", leaf.judge, name="review_judge"),
    path("alike/", alike.alike_now, name="alike_now"),
    path("alike/<int:year>/", alike.alike, name="alike"),
    path("alike/<int:year>/<str:key>/", alike.alike_one, name="alike_one"),
    path("alike/<int:year>/<str:key>/unify/", alike.unify, name="unify"),
    path("samples/", samples.samples, name="samples"),
    path("samples/new/", samples.sample_new, name="sample_new"),
    path("samples/<int:sample_id>/", samples.sample, name="sample"),
    path("samples/<int:sample_id>/draw/", samples.sample_draw, name="sample_draw"),
    path("samples/<int:sample_id>/discard/", samples.sample_discard, name="sample_discard"),
    path("samples/<int:sample_id>/file/", samples.sample_file, name="sample_file"),
    path("samples/<int:sample_id>/assign/", samples.sample_assign, name="sample_assign"),
    path("opinions/", opinions.opinions, name="opinions"),
    path("opinions/<int:filing_id>/", opinions.opinion, name="opinion"),
    path("opinions/<int:filing_id>/rest/", opinions.opinion_accept_rest, name="opinion_accept_rest"),
    path("opinions/<int:filing_id>/letter/<slug:form>/", opinions.opinion_file, name="opinion_file"),
    path("opinions/<int:filing_id>/<str:leaf>/draft/", opinions.opinion_draft, name="opinion_draft"),
    path("opinions/<int:filing_id>/<str:leaf>/answer/", opinions.opinion_answer, name="opinion_answer"),
    path("opinions/<int:filing_id>/<str:leaf>/decision/", opinions.opinion_decide, name="opinion_decide"),
    path("assignments/", assignments.assignments, name="assignments"),
]
