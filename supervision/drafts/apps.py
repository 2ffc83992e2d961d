from django.apps import AppConfig


class DraftsConfig(AppConfig):
    name = "supervision.drafts"
    label = "drafts"
