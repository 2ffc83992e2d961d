from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "supervision.access"
    label = "access"
