from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "supervision.files"
    label = "files"
