"""The one address of the bare view, and the model behind it."""

from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

_PAGE = "<table>{% for row in rows %}<tr><th>{{ row.name }}</th><td>{{ row.value }}</td></tr>{% endfor %}</table>"


class Row(models.Model):
    """One figure."""

    name = models.TextField()
    value = models.TextField()
    version = models.IntegerField()

    class Meta:
        app_label = "contenttypes"
        db_table = "bare_row"
        managed = False


@csrf_exempt
def row(request: HttpRequest, number: int) -> HttpResponse:
    """A POST writes one figure and answers thirty; a GET only answers."""
    if request.method == "POST":
        with transaction.atomic():
            found = Row._default_manager.select_for_update().get(pk=number)  # noqa: SLF001
            found.value, found.version = request.POST["value"], found.version + 1
            found.save()
    rows = Row._default_manager.all()[:30]  # noqa: SLF001
    return HttpResponse(engines["django"].from_string(_PAGE).render({"rows": rows}))


urlpatterns = [path("rows/<int:number>/", row)]
