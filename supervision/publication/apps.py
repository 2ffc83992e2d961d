from django.apps import AppConfig


class PublicationConfig(AppConfig):
    name = "supervision.publication"
    label = "publication"
