from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "supervision.notices"
    label = "notices"
