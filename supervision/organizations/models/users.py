from __future__ import annotations

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from supervision.audit.services import record
from supervision.language.folding import fold


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, password: str | None = None, **fields: object) -> User:
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, password: str | None = None, **fields: object) -> User:
        """Create an operator for reference data; officials never are superusers."""
        return self.create_user(username, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in; what they may do comes from a `Mandate`, never from here."""

    username = models.CharField(_("tên đăng nhập"), max_length=64, unique=True)
    display_name = models.CharField(_("họ và tên"), max_length=120)
    search_text = models.CharField(max_length=160, db_index=True, editable=False)  # the name, folded
    email = models.EmailField(_("thư điện tử"), blank=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    # "first:last" marks of passwords: `last` was changed into, from `first` on, by the person alone
    password_line = models.CharField(max_length=40, blank=True, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["display_name"]

    class Meta:
        verbose_name = _("người dùng")

    def __str__(self) -> str:
        return self.display_name

    @property
    def known_by(self) -> str:
        """What stays the same while the person changes the password, and is another once anybody else does.

        It tells nothing of a password, and no way of writing one needs to know of it.
        """
        first, _colon, last = self.password_line.partition(":")
        return first if last == self._password_mark else self._password_mark

    @property
    def _password_mark(self) -> str:
        return str(self.get_session_auth_hash())[:16]

    def change_password(self, new: str) -> None:
        """Take a new password for one that the person has just named, and store it."""
        first = self.known_by
        self.set_password(new)
        self.password_line = f"{first}:{self._password_mark}"
        self.save(update_fields=["password", "password_line"])

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the folded name beside the name; a password that was not changed by the person is an event."""
        self.search_text = fold(self.display_name)
        fields = kwargs.get("update_fields")
        if fields is not None and "display_name" in fields:
            kwargs["update_fields"] = {*fields, "search_text"}
        is_own = self.password_line.endswith(f":{self._password_mark}")
        is_set = self._password is not None and not self._state.adding  # type: ignore[attr-defined]
        with transaction.atomic():
            super().save(*args, **kwargs)
            if is_set and not is_own:
                record(action="password.set", actor=None, obj=self, at=timezone.now())
