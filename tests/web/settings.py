"""The application's settings, with data in a folder of the test run and passwords hashed fast."""

import os
import tempfile

_PLACE = tempfile.mkdtemp(prefix="hengji-test-")
os.environ.setdefault("HENGJI_DATA", _PLACE)

from hengji.web.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["*"]
WHITENOISE_AUTOREFRESH = True  # else every Client reads all static files first, and no test asks it for one
LOGGING = {"version": 1}
