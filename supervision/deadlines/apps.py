from django.apps import AppConfig


class DeadlinesConfig(AppConfig):
    name = "supervision.deadlines"
    label = "deadlines"
