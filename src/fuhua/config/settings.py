"""Settings: embedded defaults, and production by environment variables alone (see docs/settings.md)."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from fuhua.kernel.ui.assets import never_changes

ROOT = Path(__file__).resolve().parents[3]
FUHUA_DATA = Path(os.environ.get("FUHUA_DATA", ROOT / "var"))
FUHUA_SEAL_KEY = os.environ.get("FUHUA_SEAL_KEY", "")
FUHUA_SIGNER = os.environ.get("FUHUA_SIGNER", "own")
FUHUA_SIGNING = os.environ.get("FUHUA_SIGNING", "")
FUHUA_SIGNING_PASSPHRASE = os.environ.get("FUHUA_SIGNING_PASSPHRASE", "")
FUHUA_BANK_SECRET = os.environ.get("FUHUA_BANK_SECRET", "")
FUHUA_DEMO = os.environ.get("FUHUA_DEMO", "") == "1"
FUHUA_DOCUMENT_BYTES = int(os.environ.get("FUHUA_DOCUMENT_BYTES", 64 * 2**20))
FUHUA_INTAKE_LEASE = int(os.environ.get("FUHUA_INTAKE_LEASE", "90"))
FUHUA_DRAFTS_A_DAY = int(os.environ.get("FUHUA_DRAFTS_A_DAY", "200"))
FUHUA_PROXIES = int(os.environ.get("FUHUA_PROXIES", "0"))
FUHUA_EMBEDDINGS_URL = os.environ.get("FUHUA_EMBEDDINGS_URL", "")
FUHUA_EMBEDDINGS_MODEL = os.environ.get("FUHUA_EMBEDDINGS_MODEL", "")
FUHUA_EMBEDDINGS_KEY = os.environ.get("FUHUA_EMBEDDINGS_KEY", "")
DEBUG = os.environ.get("FUHUA_DEBUG", "") == "1"


if FUHUA_EMBEDDINGS_URL and urlsplit(FUHUA_EMBEDDINGS_URL).scheme not in ("http", "https"):
    raise ImproperlyConfigured(f"FUHUA_EMBEDDINGS_URL: {FUHUA_EMBEDDINGS_URL!r} must begin with http:// or https://")


def _secret() -> str:
    """FUHUA_SECRET, else the one kept with the data; a command that runs before there is one makes do with its own."""
    path = FUHUA_DATA / "secret"
    return os.environ.get("FUHUA_SECRET") or (path.read_text() if path.exists() else secrets.token_urlsafe(50))


def keep_secret() -> None:
    """Make the secret that all processes share, unless there is one; readable by its owner alone."""
    path = FUHUA_DATA / "secret"
    if os.environ.get("FUHUA_SECRET") or path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f"secret.{os.getpid()}")
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(secrets.token_urlsafe(50))
    with contextlib.suppress(FileExistsError):  # the first of two starts at once wins
        os.link(partial, path)
    partial.unlink()


def _database() -> dict[str, object]:
    """SQLite in the data folder, or what DATABASE_URL says (``postgresql://user:pass@host:port/name``)."""
    url = urlsplit(os.environ.get("DATABASE_URL", ""))
    if not url.scheme:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": FUHUA_DATA / "fuhua.sqlite3",
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536;"
                " PRAGMA mmap_size=268435456; PRAGMA recursive_triggers=ON;",
            },
        }
    if url.scheme not in ("postgres", "postgresql"):
        raise ImproperlyConfigured(f"DATABASE_URL: {url.scheme!r} is not supported; use postgresql://… or leave it unset")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path.lstrip("/")),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": url.hostname or "",
        "PORT": str(url.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(url.query)),
    }


SECRET_KEY = _secret()
ALLOWED_HOSTS = os.environ.get("FUHUA_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("FUHUA_ORIGINS", "").split(",") if origin]
DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

ENGINES = ["evidence", "parties", "desk", "capital", "exchange", "schemes", "journey", "plan", "front"]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django_htmx",
    "template_partials",
    "csp",
    "fuhua.kernel.ui",
    *(f"fuhua.{engine}" for engine in ENGINES),  # before allauth: our templates come first
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "fuhua.config.request.PrivateMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "fuhua.config.request.BodyMiddleware",  # before the first that reads a body, which is the next
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "fuhua.config.request.WhoMiddleware",
    "fuhua.config.request.RefusalMiddleware",
    "fuhua.parties.pages.first_sign_in.OwnPasswordMiddleware",
]
ROOT_URLCONF = "fuhua.config.urls"
WSGI_APPLICATION = "fuhua.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["fuhua.kernel.ui.templatetags.ui", "template_partials.templatetags.partials"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "fuhua.config.request.chrome",
            ],
        },
    }
]
DATABASES["default"]["TEST"] = {"NAME": FUHUA_DATA / "test.sqlite3"} if DATABASES["default"]["ENGINE"].endswith("sqlite3") else {}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
CSRF_FAILURE_VIEW = "fuhua.kernel.stale.stale"
LANGUAGE_COOKIE_NAME = "fuhua_language"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "/static/"
STATIC_ROOT = FUHUA_DATA / "static"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "fuhua.kernel.ui.assets.NpmFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": FUHUA_DATA / "documents"}},
    "staticfiles": {"BACKEND": "fuhua.kernel.ui.assets.StaticStorage"},
}
WHITENOISE_IMMUTABLE_FILE_TEST = never_changes
WHITENOISE_USE_FINDERS = not (STATIC_ROOT / "staticfiles.json").exists()
WHITENOISE_AUTOREFRESH = False
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
FUHUA_UPLOAD_BYTES = FUHUA_DOCUMENT_BYTES + 6 * 2**20  # a whole request with the longest document, to a page that takes files
FUHUA_BODY_BYTES = 2**20  # any other request
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20

AUTH_USER_MODEL = "parties.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "front:home"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "fuhua.parties.pages.adapter.ClosedSignup"
ACCOUNT_FORMS = {
    "login": "fuhua.parties.pages.adapter.SignInForm",
    "change_password": "fuhua.parties.pages.adapter.OwnPasswordForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # a phone's clock may be half a minute off
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG or FUHUA_DEMO
SOCIALACCOUNT_ONLY = False
ALLAUTH_TRUSTED_PROXY_COUNT = FUHUA_PROXIES  # with none, nobody’s X-Forwarded-For is believed


def outside_identities(given: Mapping[str, str]) -> dict[str, object]:
    """The OpenID Connect provider that the FUHUA_OIDC_… variables of ``given`` name; none without FUHUA_OIDC_SERVER."""
    if not given.get("FUHUA_OIDC_SERVER"):
        return {}
    return {"openid_connect": {"APPS": [{
        "provider_id": "oidc",
        "name": given.get("FUHUA_OIDC_NAME", "OIDC"),
        "client_id": given.get("FUHUA_OIDC_CLIENT", ""),
        "secret": given.get("FUHUA_OIDC_SECRET", ""),
        "settings": {"server_url": given["FUHUA_OIDC_SERVER"]},
    }]}}


def form_targets(given: Mapping[str, str]) -> list[str]:
    """Where a form may lead: here, and to the provider, or browsers refuse the redirect that begins a sign-in there."""
    server = urlsplit(given.get("FUHUA_OIDC_SERVER", ""))
    return ["'self'", *([f"{server.scheme}://{server.netloc}"] if server.netloc else [])]


SOCIALACCOUNT_PROVIDERS = outside_identities(os.environ)

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
if os.environ.get("FUHUA_HTTPS") == "1":
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 31_536_000
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": form_targets(os.environ),
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "manifest-src": ["'self'"],
    }
}
if redis := os.environ.get("REDIS_URL"):
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": redis}}
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_ENGINE = "django.contrib.sessions.backends.db"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("FUHUA_LOG", "WARNING")},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
