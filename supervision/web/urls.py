"""Addresses of the workspace; each has its English twin under /en/."""

from __future__ import annotations

from django.urls import path

from supervision.web import health
from supervision.web.views import capacity, cases, demo, following_up, inbox, papers, requests, steering, work

urlpatterns = [
    path("suc-khoe/live", health.live, name="live"),
    path("suc-khoe/ready", health.ready, name="ready"),
    path("tu-cach/", capacity.capacity, name="capacity"),
    path("viec-cua-toi/", inbox.inbox_page, name="inbox"),
    path("viec-cua-toi/<str:public_id>/", work.work, name="work"),
    path("viec-cua-toi/<str:public_id>/kiem-tra/", work.check, name="work_check"),
    path("viec-cua-toi/<str:public_id>/bien-nhan/", work.receipt, name="work_receipt"),
    path("viec-cua-toi/<str:public_id>/nhan/", work.take, name="work_take"),
    path("viec-cua-toi/<str:public_id>/tra/", work.give_back, name="work_give_back"),
    path("viec-cua-toi/<str:public_id>/giao/", work.assign, name="work_assign"),
    path("ho-so/", cases.case_list, name="case_list"),
    path("ho-so/mo/", cases.open_page, name="case_open"),
    path("ho-so/<str:public_id>/", cases.case_page, name="case"),
    path("ho-so/<str:public_id>/huy/", steering.cancel, name="case_cancel"),
    path("ho-so/<str:public_id>/hoan/", steering.postpone, name="case_postpone"),
    path("ho-so/<str:public_id>/hen-lai/", steering.reschedule, name="case_reschedule"),
    path("ho-so/<str:public_id>/thoi-cho/", steering.stop_waiting, name="case_stop_waiting"),
    path("ho-so/<str:public_id>/de-nghi-mat-tran/", steering.go_to_front, name="case_go_to_front"),
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
    path("van-ban/", papers.paper_list, name="paper_list"),
    path("van-ban/<str:public_id>/", papers.paper, name="paper"),
    path("van-ban/<str:public_id>/tep.pdf", papers.paper_pdf, name="paper_pdf"),
    path("van-ban/<str:public_id>/ky-lai/", papers.retry, name="paper_retry"),
    path("tep/<str:public_id>/", papers.file, name="file"),
    path("thu-mau/", demo.mail, name="demo_mail"),
    path("huong-dan/", demo.tour, name="tour"),
]
