from django.apps import AppConfig


class CaseFilesConfig(AppConfig):
    name = "supervision.casefiles"
    label = "casefiles"
