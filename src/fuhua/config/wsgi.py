"""The WSGI application that serves the pages."""

import os

from django.core.wsgi import get_wsgi_application

os.umask(0o077)  # what is written from here is read by our own user alone
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fuhua.config.settings")
application = get_wsgi_application()
