"""Signing in: no sign-up, no flash messages, a plain form, and the demonstration's one-click accounts."""

from __future__ import annotations

import math
from typing import Any, cast

from allauth.account import views
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import ChangePasswordForm, LoginForm
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from supervision import demo
from supervision.client import address_of, shed
from supervision.errors import InvalidInput, TooMany
from supervision.organizations import passwords
from supervision.organizations.actors import Person
from supervision.organizations.models import User
from supervision.page import here
from supervision.web import sign_ins


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """allauth as this house uses it."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("Tên đăng nhập hoặc mật khẩu không đúng; gõ lại cả hai"),
        "too_many_login_attempts": _("Đã thử sai nhiều lần; chờ 15 phút rồi đăng nhập lại"),
    }

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Read no more passwords where too many were wrong; the answer says how long (429)."""
        try:
            sign_ins.require_room(request, str(credentials.get("username", "")), at=timezone.now())
        except TooMany as error:
            request.shed = error  # type: ignore[attr-defined]
            raise self.validation_error("too_many_login_attempts") from None

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """Give the try back where the password was right, for signing in or for an act that asks again."""
        user = super().authenticate(request, **credentials)
        if user is not None:
            sign_ins.give_back(request)
        return user

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        sign_ins.record_failure(request, str(credentials.get("username", "")), at=timezone.now())

    def post_login(self, request: HttpRequest, user: Any, **facts: Any) -> HttpResponse:
        """Let the browser be known from now on."""
        response: HttpResponse = super().post_login(request, user, **facts)
        sign_ins.remember(request, response, user)
        return response

    def get_client_ip(self, request: HttpRequest) -> str:
        return address_of(request)

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by an administrator, with a mandate."""
        return False

    def add_message(self, *args: Any, **options: Any) -> None:
        """Nothing flashes: the page that follows shows who is signed in."""

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return here("/viec-cua-toi/")

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return here("/")


class SignInForm(LoginForm):  # type: ignore[misc]
    """Name and password with labels, without placeholders; paste and password managers work."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields.pop("remember", None)
        self.fields["login"].label = _("Tên đăng nhập")
        self.fields["password"].label = _("Mật khẩu")
        self.fields["password"].help_text = ""
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
        self.fields["login"].widget.attrs["spellcheck"] = "false"


def sign_in(request: HttpRequest) -> HttpResponseBase:
    """Show the sign-in form and take it; 429 with the time to wait where no more passwords are read."""
    response = views.login(request)
    error = getattr(request, "shed", None)
    return shed(response, error) if error else response


class ChangePassword(ChangePasswordForm):  # type: ignore[misc]
    """The old password is read as often as for signing a paper, on whichever page it is asked."""

    browser = "new"

    def clean_oldpassword(self) -> str:
        password = str(self.cleaned_data.get("oldpassword", ""))
        try:
            if not passwords.is_own(Person(self.user), password, at=timezone.now()):
                raise ValidationError(_("Mật khẩu đang dùng không đúng"))
        except TooMany as error:
            self.shed = error
            words = _("Đã nhập sai mật khẩu nhiều lần. Thử lại sau %(minutes)s phút.")
            raise ValidationError(words % {"minutes": math.ceil(error.seconds / 60)}) from None
        return password

    def save(self) -> None:
        passwords.change(
            Person(self.user), self.cleaned_data["password1"], browser=self.browser, at=timezone.now()
        )


class _ChangePassword(views.PasswordChangeView):  # type: ignore[misc]
    """Browsers stay known under the new password; 429 where no more passwords are read."""

    def form_valid(self, form: ChangePassword) -> HttpResponse:
        form.browser = sign_ins.browser_of(self.request, form.user)
        try:
            response: HttpResponse = super().form_valid(form)
        except InvalidInput as error:
            for name, messages in error.errors.items():
                form.add_error(name, messages)
            return self.form_invalid(form)
        sign_ins.remember(self.request, response, form.user)
        return response

    def form_invalid(self, form: ChangePassword) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)
        error = getattr(form, "shed", None)
        return shed(response, error) if error else response


@login_required
def change_password(request: HttpRequest) -> HttpResponseBase:
    """Show the form to change the own password and take it; 404 for whoever signs in without one."""
    if not cast(User, request.user).has_usable_password():
        raise Http404("no password to change")
    return _ChangePassword.as_view()(request)


@require_POST
def switch_to_demo_account(request: HttpRequest) -> HttpResponse:
    """Sign in as a listed sample person; outside the demonstration there is no such address."""
    chosen = next((one for one in demo.accounts() if one.username == request.POST.get("username")), None)
    if chosen is None:
        raise Http404("no such sample account")
    user = get_object_or_404(User, username=chosen.username, is_active=True)
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return redirect(wanted if ours else here("/viec-cua-toi/"))
