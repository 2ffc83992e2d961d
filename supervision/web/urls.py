"""Addresses of the workspace; each has its English twin under /en/."""

from __future__ import annotations

from django.urls import path

from supervision.web import health
from supervision.web.views import (
    annual_plans,
    calendars,
    capacity,
    cases,
    clocks,
    demo,
    following_up,
    inbox,
    papers,
    requests,
    sheets,
    steering,
    terms,
    work,
)

urlpatterns = [
    path("suc-khoe/live", health.live, name="live"),
    path("suc-khoe/ready", health.ready, name="ready"),
    path("tu-cach/", capacity.capacity, name="capacity"),
    path("thoi-han/", terms.terms, name="terms"),
    path("lich-cua-toi/", calendars.my_calendar, name="my_calendar"),
    path("lich-cua-toi/dia-chi/", calendars.change_feed, name="my_calendar_feed"),
    path("lich-cua-toi/thu-bao/", calendars.change_mail, name="my_calendar_mail"),
    path("lich/<str:token>.ics", calendars.feed, name="calendar_feed"),
    path("viec-cua-toi/", inbox.inbox_page, name="inbox"),
    path("viec-cua-toi/<str:public_id>/", work.work, name="work"),
    path("viec-cua-toi/<str:public_id>/kiem-tra/", work.check, name="work_check"),
    path("viec-cua-toi/<str:public_id>/bien-nhan/", work.receipt, name="work_receipt"),
    path("viec-cua-toi/<str:public_id>/nhan/", work.take, name="work_take"),
    path("viec-cua-toi/<str:public_id>/tra/", work.give_back, name="work_give_back"),
    path("viec-cua-toi/<str:public_id>/giao/", work.assign, name="work_assign"),
    path("han/<str:public_id>/", clocks.why_this_date, name="why_this_date"),
    path("ho-so/", cases.case_list, name="case_list"),
    path("ho-so/mo/", cases.open_page, name="case_open"),
    path("ho-so/<str:public_id>/", cases.case_page, name="case"),
    path("ho-so/<str:public_id>/huy/", steering.cancel, name="case_cancel"),
    path("ho-so/<str:public_id>/hoan/", steering.postpone, name="case_postpone"),
    path("ho-so/<str:public_id>/hen-lai/", steering.reschedule, name="case_reschedule"),
    path("ho-so/<str:public_id>/thoi-cho/", steering.stop_waiting, name="case_stop_waiting"),
    path("ho-so/<str:public_id>/phieu/", sheets.sheet_list, name="sheet_list"),
    path("ho-so/<str:public_id>/phieu/<slug:grid>/", sheets.fill_in, name="sheet_fill_in"),
    path("yeu-cau/<str:public_id>/", requests.inquiry, name="inquiry"),
    path("yeu-cau/<str:public_id>/rut/", steering.withdraw, name="inquiry_withdraw"),
    path("yeu-cau/<str:public_id>/gia-han/", following_up.extend_inquiry, name="inquiry_extend"),
    path("yeu-cau/<str:public_id>/xin-gia-han/", following_up.ask_inquiry, name="inquiry_ask"),
    path("kien-nghi/<str:public_id>/", requests.recommendation, name="recommendation"),
    path(
        "kien-nghi/<str:public_id>/gia-han/", following_up.extend_recommendation, name="recommendation_extend"
    ),
    path(
        "kien-nghi/<str:public_id>/xin-gia-han/", following_up.ask_recommendation, name="recommendation_ask"
    ),
    path("kien-nghi/<str:public_id>/don-doc/", following_up.urge, name="recommendation_urge"),
    path("kien-nghi/<str:public_id>/cap-tren/", following_up.escalate, name="recommendation_escalate"),
    path("phan-bien/<str:public_id>/", requests.criticism, name="criticism"),
    path("phan-bien/<str:public_id>/gia-han/", following_up.extend_criticism, name="criticism_extend"),
    path("phan-bien/<str:public_id>/xin-gia-han/", following_up.ask_criticism, name="criticism_ask"),
    path("phan-bien/<str:public_id>/ngay-trinh/", following_up.move_submission, name="criticism_submission"),
    path("ke-hoach-nam/", annual_plans.plan_list, name="plan_list"),
    path("ke-hoach-nam/muc/<str:public_id>/", annual_plans.plan_item, name="plan_item"),
    path("ke-hoach-nam/y-kien/<str:public_id>/", annual_plans.agreement, name="plan_agreement"),
    path("ke-hoach-nam/<str:public_id>/", annual_plans.plan, name="plan"),
    path("ke-hoach-nam/<str:public_id>/de-xuat/", annual_plans.propose, name="plan_propose"),
    path("van-ban/", papers.paper_list, name="paper_list"),
    path("van-ban/<str:public_id>/", papers.paper, name="paper"),
    path("van-ban/<str:public_id>/tep.pdf", papers.paper_pdf, name="paper_pdf"),
    path("van-ban/<str:public_id>/ky-lai/", papers.retry, name="paper_retry"),
    path("tep/<str:public_id>/", papers.file, name="file"),
    path("thu-mau/", demo.mail, name="demo_mail"),
    path("huong-dan/", demo.tour, name="tour"),
]
