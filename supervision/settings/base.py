"""What holds everywhere. Every environment key is read here, once, strictly."""

from __future__ import annotations

from pathlib import Path

import environ

BASE_DIR = Path(__file__).resolve().parents[2]
env = environ.Env()

VAR_DIR = Path(env.str("VAR_DIR", str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)
BLOB_ROOT = VAR_DIR / "blobs"
KEY_ROOT = VAR_DIR / "keys"  # PKCS#12 files, readable by the worker alone
LOG_ROOT = VAR_DIR / "log"  # what the publication log signed last, beside the database
LOG_WITNESSES = env.list("LOG_WITNESSES", default=[])  # each: address, space, verifier key
LOG_ORIGIN = env.str("LOG_ORIGIN", "")  # by which name a new log is known; kept in it from then on
LOG_QUORUM = env.int("LOG_QUORUM", 0)  # how many of them must have signed
PUBLIC_URL = env.str("PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
#: Where the source of this very version is (AGPL, section 13); the footer of every page leads there.
SOURCE_URL = env.str("SOURCE_URL", "")
DEMO = False

SECRET_KEY = env.str("SECRET_KEY", "")
DEBUG = False
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost"])

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "csp",
    "guardian",
    "viewflow",
    "viewflow.workflow",
    "django_tasks",
    "django_tasks_db",
    "supervision.limits",
    "supervision.audit",
    "supervision.organizations",
    "supervision.access",
    "supervision.deadlines",
    "supervision.files",
    "supervision.notices",
    "supervision.publication",
    "supervision.documents",
    "supervision.drafts",
    "supervision.casefiles",
    "supervision.cases",
    "workflows",
    "supervision.demo",
    "supervision.web",
    "supervision.portal",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Above all that refuses: a refusal gets their headers too.
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "supervision.web.recording.Refusals",
    "supervision.portal.middleware.AddressLanguage",
    "supervision.web.middleware.OnlyByButton",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "supervision.web.middleware.NoNul",
    "supervision.web.middleware.NotStored",
    "django.middleware.common.CommonMiddleware",
    "supervision.web.budget.Budget",
    "django.middleware.csrf.CsrfViewMiddleware",
    "supervision.web.middleware.SeenText",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "supervision.web.middleware.ActingMandate",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "supervision.urls"
WSGI_APPLICATION = "supervision.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "supervision.template_loading.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "supervision.web.context.shell",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "supervision.web.templatetags.gs",
            ],
        },
    }
]
FORM_RENDERER = "supervision.web.forms.Renderer"

DATABASES = {"default": env.db("DATABASE_URL", f"sqlite:///{VAR_DIR / 'db.sqlite3'}")}
if "sqlite" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    #: Seconds after which PostgreSQL gives a statement up; 0: never, as `migrate` needs it.
    STATEMENT_TIMEOUT = env.int("STATEMENT_TIMEOUT", 0)
    # Without JIT: it takes longer to compile a list of this application than to make it.
    options = f"-c jit=off -c statement_timeout={STATEMENT_TIMEOUT * 1000}"
    given = DATABASES["default"].setdefault("OPTIONS", {})  # sslmode and others of DATABASE_URL stay
    given["options"] = f"{given.get('options', '')} {options}".strip()
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "organizations.User"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
GUARDIAN_MONKEY_PATCH_USER = False
ANONYMOUS_USER_NAME = None
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/viec-cua-toi/"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_ADAPTER = "supervision.web.accounts.Adapter"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_FORMS = {
    "login": "supervision.web.accounts.SignInForm",
    "change_password": "supervision.web.accounts.ChangePassword",
}
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {  # counted in the database by `web.sign_ins` and `organizations.passwords`
    "login": None,
    "login_failed": None,
    "change_password": None,
}
#: Says to this server that an account has signed in in this browser; who guesses from elsewhere has none.
KNOWN_BROWSER_COOKIE = "may-quen"
KNOWN_BROWSER_SECONDS = 180 * 24 * 3600
SESSION_ENGINE = "supervision.web.sessions"
SESSION_COOKIE_AGE = 12 * 3600
#: How many proxies of this installation stand in front; each appends to X-Forwarded-For whom it heard.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", 0)
#: How many of each kind one network address may ask for in how many seconds: NUMBER/SECONDS. A school, an
#: office or a village behind one line is one address, so these are for a hundred people, not for one.
LIMITS = {
    "contribution": env.str("LIMIT_CONTRIBUTION", "60/3600"),  # sent about a draft
    "verify": env.str("LIMIT_VERIFY", "240/3600"),  # files looked at
    "search": env.str("LIMIT_SEARCH", "600/600"),  # lists with words or filters
    "code": env.str("LIMIT_CODE", "600/600"),  # codes of papers, numbers of receipts
    "bundle": env.str("LIMIT_BUNDLE", "120/600"),  # archives made on the spot
    "log": env.str("LIMIT_LOG", "6000/600"),  # tiles of the publication log: witnesses take many
    # Wrong passwords: for one account from browsers not seen before, in one where it has signed in before,
    # from one address over all accounts; and of one person who confirms an act.
    "signin": env.str("LIMIT_SIGNIN", "10/900"),
    "signin_known": env.str("LIMIT_SIGNIN_KNOWN", "10/900"),
    "signin_address": env.str("LIMIT_SIGNIN_ADDRESS", "100/900"),
    "confirm": env.str("LIMIT_CONFIRM", "10/900"),
    # Refusals of one person that are written down each; those at addresses where no page is have their own
    # count; that there were more is written once a day.
    "refusal": env.str("LIMIT_REFUSAL", "60/900"),
    "refusal_day": env.str("LIMIT_REFUSAL_DAY", "500/86400"),
    "refusal_nowhere": env.str("LIMIT_REFUSAL_NOWHERE", "10/86400"),
    "refusal_more": "1/86400",
}
#: Counts of what is only read; of what is sent they stand in the database.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "limits": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "limits",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    },
}

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "supervision" / "locale"]
FORMAT_MODULE_PATH = ["supervision.language.formats"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "supervision" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},  # nothing may use it
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "signing"]}}

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 600
DATA_UPLOAD_MAX_NUMBER_FILES = 20
UPLOAD_MAX_BYTES = 20 * 1024 * 1024

#: The longest body of a request; one file and what is typed around it, or several small files.
UPLOAD_MAX_REQUEST = 25 * 1024 * 1024
#: How many requests with files of people who are not signed in are taken in at once, by each process.
ANONYMOUS_UPLOADS = env.int("ANONYMOUS_UPLOADS", 8)
#: Files of strangers are read in helper processes: how many at once for each kind of work, in each process
#: of the server; how many callers may wait for one, and how many seconds each.
SANDBOX_HELPERS = env.int("SANDBOX_HELPERS", 2)
SANDBOX_QUEUE = env.int("SANDBOX_QUEUE", 4)
SANDBOX_WAIT = env.int("SANDBOX_WAIT", 10)

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "supervision.portal.views.errors.csrf_failure"

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "cong-giam-sat@example.vn")

#: Where the signing keys are: `keys.Pkcs12Folder`, `token.Pkcs11Token`, `remote.RemoteService` or, with none
#: on the server, `keys.Elsewhere`.
SIGNING_KEYS = f"supervision.documents.signing.{env.str('SIGNING_KEYS', 'keys.Pkcs12Folder')}"
PKCS11_MODULE = env.str("PKCS11_MODULE", "")
PKCS11_TOKEN = env.str("PKCS11_TOKEN", "")
#: PAdES level of every signature: B-B, B-T (with a timestamp of TIMESTAMP_URL), B-LT or B-LTA.
TIMESTAMP_URL = env.str("TIMESTAMP_URL", "")
SIGNATURE_LEVEL = env.str("SIGNATURE_LEVEL", "B-T" if TIMESTAMP_URL else "B-B")
#: PEM files whose certificates are trusted when signing to B-LT and when verifying.
TRUSTED_ROOTS: list[Path] = [Path(path) for path in env.list("TRUSTED_ROOTS", default=[])]

WORKFLOW_TICK_SECONDS = 30
# guardian.W001: grants are read by `access` alone, never through has_perm.
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]
