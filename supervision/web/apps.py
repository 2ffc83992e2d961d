from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "supervision.web"
    label = "web"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in, user_logged_out

        from supervision.web import signals

        user_logged_in.connect(signals.signed_in)
        user_logged_out.connect(signals.signed_out)
