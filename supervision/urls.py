"""Composition root: the public portal and the workspace, in Vietnamese and under /en/."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

# Vietnamese has no prefix; `portal.middleware.AddressLanguage` reads /en/ from the address.
urlpatterns: list[URLPattern | URLResolver] = i18n_patterns(
    path("", include("supervision.web.urls")),
    path("", include("supervision.web.account_urls")),
    path("", include("supervision.portal.urls")),
    prefix_default_language=False,
)

handler400 = "supervision.portal.views.errors.bad_request"
handler403 = "supervision.portal.views.errors.forbidden"
handler404 = "supervision.portal.views.errors.not_found"
handler500 = "supervision.portal.views.errors.server_error"
handler429 = "supervision.portal.views.errors.too_many"  # allauth's limits ask for it by this name
