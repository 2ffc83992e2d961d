"""The journey of the new form, run in the copied tree: open, record, close, on the generic pages."""
# ruff: noqa: E402 (models are imported once Django is set up)

import django

django.setup()
from django.test import Client
from django.utils import timezone

from supervision.casefiles.models import Case, Record
from supervision.demo import world
from supervision.organizations.models import User
from workflows.acts import act
from workflows.models import WorkItem


def page(client, address, **post):
    response = client.post(address, post) if post else client.get(address)
    text = response.content.decode()
    assert response.status_code in (200, 302), (address, response.status_code, text[:2000])
    return response


def signed_in(username):
    client = Client(SERVER_NAME="127.0.0.1")
    user = User.objects.get(username=username)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def item(step):
    return WorkItem.objects.get(step=step, finished_at__isnull=True, form="di-thuc-te")


at = timezone.now()
world.build(at=at)
officer, chair = signed_in("canbo1"), signed_in("chutich1")

offered = page(officer, "/ho-so/mo/").content.decode()
assert "?hinh-thuc=di-thuc-te" in offered and "Đi thực tế" in offered
address = "/ho-so/mo/?hinh-thuc=di-thuc-te"
assert "Nơi đến" in page(officer, address).content.decode()
entered = {"key": "k1", "title": "Xem bến đò", "field": "land", "grounds": "Đơn của dân", "place": "Bến đò"}
opened = page(officer, address, **entered)
assert opened.status_code == 302
case = Case.objects.get()
assert (case.form, case.code[:3]) == ("di-thuc-te", "TT-")
assert Record.objects.get().data == {"place": "Bến đò"}
assert page(officer, address, **entered)["Location"] == opened["Location"]
assert Case.objects.count() == 1

assert "Ghi chuyến đi" in page(officer, opened["Location"]).content.decode()
assert "Ghi chuyến đi" in page(officer, "/viec-cua-toi/").content.decode()
work = f"/viec-cua-toi/{item('look').public_id}/"
assert "Đã thấy" in page(officer, work).content.decode()
today = timezone.localdate(at)
person = world.actor("mttq-24.can_bo_2").mandate
done = page(
    officer,
    work,
    key="k2",
    group="dat",
    notes="Cầu yếu",
    seen_on=today.isoformat(),
    **{"people-total": "1", "people-0-person": person.public_id},
)
assert done.status_code == 302, done.content.decode()
assert "BN-" in page(officer, done["Location"]).content.decode()
record = Record.objects.get(step="look")
assert record.data == {
    "seen_on": today.isoformat(),
    "group": "dat",
    "notes": "Cầu yếu",
    "people": [{"person": person.public_id}],
}
closing = item("close_case")
act.act(actor=world.actor("mttq-24.chu_tich"), item=closing, data={"summary": "Xong"}, key="k3", at=at)
case.refresh_from_db()
assert case.state == "closed"
closed = page(chair, f"/ho-so/{case.public_id}/").content.decode()
assert "Ghi chuyến đi" in closed
assert page(chair, "/en" + f"/ho-so/{case.public_id}/").status_code == 200
assert page(chair, "/ho-so/").status_code == 200
print("journey ended well")
