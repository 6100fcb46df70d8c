"""Addresses of publication, statistics and the use of results; and of the public site."""

from django.urls import path

from hengji.web.results import desk, public, stats, uses

urlpatterns = [
    path("publications/", desk.publications_now, name="publications_now"),
    path("publications/site/", desk.site, name="site"),
    path("publications/<int:year>/", desk.publications, name="publications"),
    path("publications/<int:year>/table.<slug:form>", desk.publications_file, name="publications_file"),
    path("filings/<int:filing_id>/publication/", desk.publication, name="publication"),
    path("filings/<int:filing_id>/publication/withdraw/", desk.unpublish, name="unpublish"),
    path("stats/", stats.stats_now, name="stats_now"),
    path("stats/<int:year>/", stats.stats, name="stats"),
    path("stats/<int:year>/<slug:name>.<slug:form>", stats.stats_file, name="stats_file"),
    path("stats/<int:year>/summary/", stats.summary, name="summary"),
    path("results/", uses.uses_now, name="uses_now"),
    path("results/<int:year>/", uses.uses, name="uses"),
    path("results/<int:year>/list.<slug:form>", uses.uses_file, name="uses_file"),
    path("filings/<int:filing_id>/use/", uses.use, name="use"),
    path("public/", public.home, name="public"),
    path("public/<int:year>/", public.year, name="public_year"),
    path("public/<int:year>/scores.<slug:form>", public.year_file, name="public_year_file"),
    path("public/<int:year>/compare/", public.compare, name="public_compare"),
    path("public/<int:year>/<int:department_id>/", public.department, name="public_department"),
    path("public/<int:year>/<int:department_id>/report.<slug:form>", public.department_file, name="public_report"),
    path("public/<int:year>/<int:department_id>/scores.<slug:form>", public.department_file, name="public_scores"),
]
