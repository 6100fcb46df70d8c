"""The application's settings, with data in a folder of the test run and passwords hashed fast."""

import atexit
import os
import shutil
import tempfile

if "HENGJI_DATA" not in os.environ:  # the workers of a run have their starter's
    os.environ["HENGJI_DATA"] = tempfile.mkdtemp(prefix="hengji-test-")
    atexit.register(shutil.rmtree, os.environ["HENGJI_DATA"], ignore_errors=True)

from hengji.web.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["*"]
WHITENOISE_AUTOREFRESH = True  # else every Client reads all static files first, and no test asks it for one
LOGGING = {"version": 1}
