"""Signing in and out and changing a password: all of allauth that is mounted. There is no sign-up."""

from __future__ import annotations

from allauth.account import views
from django.urls import path

from supervision.web.accounts import change_password, sign_in, switch_to_demo_account

urlpatterns = [
    path("dang-nhap/", sign_in, name="account_login"),
    path("dang-nhap/mau/", switch_to_demo_account, name="demo_login"),
    path("dang-xuat/", views.logout, name="account_logout"),
    path("doi-mat-khau/", change_password, name="account_change_password"),
    path("tai-khoan-khoa/", views.account_inactive, name="account_inactive"),
]
