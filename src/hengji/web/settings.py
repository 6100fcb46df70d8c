"""Django's settings. What differs between machines comes from hengji.web.environment."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import dj_database_url

from hengji.model.problem import HengjiError
from hengji.web import environment

SECRET_KEY = environment.secret()
DEBUG = False
ALLOWED_HOSTS = environment.hosts()
DATA = environment.data_folder()
HERE = Path(__file__).parent
FILES = DATA / "files"  # evidence, by hash; never below a folder that is served
IMPORTS = DATA / "imports"  # uploaded workbooks between preview and confirmation
PREVIEWS = DATA / "previews"  # pictures of evidence, made again when they are gone
REPORTS = DATA / "reports"  # versions of reports, made again when they are gone
JOBS = DATA / "jobs"  # files that came of background work
INTAKE = DATA / "intake"  # what was sent in, until it has been read

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "django_htmx",
    "django_tasks_db",
    "hengji.web.people",
    "hengji.web.states",
    "hengji.web.trail",
    "hengji.web.filings",
    "hengji.web.jobs",
    "hengji.web.notices",
    "hengji.web.intake",
    "hengji.web.reviews",
    "hengji.web.rectify",
    "hengji.web.scores",
    "hengji.web.results",
    "hengji.web.authoring",
    "hengji.web.api",
]
MIDDLEWARE = [
    "hengji.web.middleware.Journal",
    "hengji.web.middleware.Headers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "hengji.web.middleware.Refusals",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "hengji.web.urls"
WSGI_APPLICATION = "hengji.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [str(HERE / "templates")],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "hengji.web.theme.theme",
            ],
            "builtins": ["hengji.web.filings.templatetags.figures", "hengji.web.look"],
        },
    }
]

_SQLITE: dict[str, Any] = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": DATA / "hengji.sqlite3",
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    },
}


def _database() -> dict[str, Any]:
    """SQLite in the data folder, or what DATABASE_URL names."""
    if not environment.database():
        return _SQLITE
    try:
        return dict(dj_database_url.parse(environment.database(), conn_max_age=60))
    except ValueError as error:
        raise HengjiError(f"环境变量 {environment.DATABASE} 读不懂，例如 postgres://用户:口令@主机/库名") from error


DATABASES = {"default": _database()}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "hengji.web.people.backend.Backend"]
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator"},
    {"NAME": "hengji.web.people.passwords.Length", "OPTIONS": {"min_length": 10}},
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATION}.NumericPasswordValidator"},
]
LOGIN_URL = "signin"
LOGIN_REDIRECT_URL = "workbench"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_LOCKOUT_CALLABLE = "hengji.web.people.views.locked"
AXES_RESET_ON_SUCCESS = True
AXES_IPWARE_PROXY_COUNT = 0
AXES_VERBOSE = False

SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = environment.secure()
CSRF_COOKIE_SECURE = environment.secure()
if environment.secure():  # a proxy in front speaks HTTPS and says so; without that every form would look foreign
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "hengji.web.refusals.stale"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

FILE_UPLOAD_HANDLERS = ["hengji.web.uploads.Limited"]
FILE_UPLOAD_TEMP_DIR = None
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024  # a pasted block
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DATA_UPLOAD_MAX_NUMBER_FILES = 300  # files of many departments, sent without a zip

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True
STATIC_URL = "/static/"
STATICFILES_DIRS = [HERE / "static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 7 * 24 * 3600  # addresses change with the files: hengji.web.look.asset

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "hengji.web.journal.Line"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {"axes": {"level": "WARNING"}, "django.request": {"level": "ERROR"}, "waitress": {"level": "WARNING"}},
}
