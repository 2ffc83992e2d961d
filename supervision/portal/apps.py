from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "supervision.portal"
    label = "portal"
