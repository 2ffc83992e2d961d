"""Composition root: the public portal and the workspace, in Vietnamese and under /en/."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
