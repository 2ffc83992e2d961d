from django.apps import AppConfig


class OrganizationsConfig(AppConfig):
    name = "supervision.organizations"
    label = "organizations"
