"""The seeded map: every territory, every body, each under its own superior."""

from __future__ import annotations

import io

import pytest
from django.core.management import call_command
from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Concat
from django.utils import translation

from supervision.organizations.models import Kind, Level, Organization, Territory
from supervision.organizations.models.organizations import FRONT_SIDE
from supervision.organizations.seeding import MAP_FROM, bodies_of, read_absent, seed, seed_sample_communes
from tests.organizations.makers import an_organization

pytestmark = pytest.mark.django_db


def test_it_has_34_provinces_and_3321_communes_with_official_codes() -> None:
    count = {level: Territory.objects.filter(level=level).count() for level in Level}
    assert count == {Level.CENTRE: 1, Level.PROVINCE: 34, Level.COMMUNE: 3321}
    hanoi = Territory.objects.get(code="01")
    assert (hanoi.name, hanoi.kind, hanoi.parent.code) == ("Thành phố Hà Nội", "thành phố", "VN")
    assert Territory.objects.get(code="24").name == "Tỉnh Bắc Ninh"
    assert Territory.objects.get(code="00070").name == "Phường Hoàn Kiếm"


def test_the_front_and_the_five_stand_at_every_level() -> None:
    assert Organization.objects.filter(kind__in=FRONT_SIDE).count() == (1 + 34 + 3321) * 6 == 20_136


def test_council_and_committee_stand_in_every_province_and_commune() -> None:
    for kind in (Kind.COUNCIL, Kind.COMMITTEE):
        assert Organization.objects.filter(kind=kind).count() == 34 + 3321


@pytest.mark.parametrize(
    ("code", "name", "superior", "front"),
    [
        ("mttq", "Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam", None, None),
        ("mttq-24", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Bắc Ninh", "mttq", None),
        ("mttq-01-00070", "Ủy ban Mặt trận Tổ quốc Việt Nam phường Hoàn Kiếm", "mttq-01", None),
        ("cd", "Tổng Liên đoàn Lao động Việt Nam", None, "mttq"),
        ("cd-24", "Liên đoàn Lao động tỉnh Bắc Ninh", "cd", "mttq-24"),
        ("cd-24-07615", "Công đoàn xã Sơn Động", "cd-24", "mttq-24-07615"),
        ("phn-24-07615", "Hội Liên hiệp Phụ nữ xã Sơn Động", "phn-24", "mttq-24-07615"),
        ("ubnd-24", "Ủy ban nhân dân tỉnh Bắc Ninh", "chinh-phu", None),
        ("ubnd-24-07615", "Ủy ban nhân dân xã Sơn Động", "ubnd-24", None),
        ("hdnd-24-07615", "Hội đồng nhân dân xã Sơn Động", "hdnd-24", None),
        ("so-nnmt-24", "Sở Nông nghiệp và Môi trường tỉnh Bắc Ninh", "ubnd-24", None),
        ("bo-nnmt", "Bộ Nông nghiệp và Môi trường", "chinh-phu", None),
    ],
)
def test_a_body_has_its_name_and_its_superior(
    code: str, name: str, superior: str | None, front: str | None
) -> None:
    body = an_organization(code)
    assert body.name == name
    assert (body.superior and body.superior.code, body.front and body.front.code) == (superior, front)


def test_the_front_signs_as_it_does_on_paper() -> None:
    body = an_organization("mttq-24")
    assert (body.symbol, body.deciding_body) == ("MTTQ-BTT", "Ban Thường trực")
    assert body.short_name == "Ủy ban MTTQ Việt Nam tỉnh Bắc Ninh"


def test_every_path_is_the_superiors_path_and_the_own_id() -> None:
    own = Concat(Cast("pk", CharField()), Value("/"))
    wrong = Organization.objects.exclude(superior=None).exclude(path=Concat(F("superior__path"), own))
    roots = Organization.objects.filter(superior=None).exclude(path=Concat(Value("/"), own))
    assert not wrong.exists() and not roots.exists()


def test_seeding_again_adds_nothing_and_undoes_nothing() -> None:
    Organization.objects.filter(code="phn-24").update(name="Tên do cán bộ sửa")
    before = set(Organization.objects.values_list("code", "pk"))
    result = seed()
    assert (result.territories, result.organizations) == (0, 0)
    assert set(Organization.objects.values_list("code", "pk")) == before
    assert an_organization("phn-24").name == "Tên do cán bộ sửa"


def test_a_missing_body_comes_back_under_its_superior() -> None:
    Organization.objects.filter(code="phn-24-07615").delete()
    assert seed().organizations == 1
    body = an_organization("phn-24-07615")
    assert body.path == f"{an_organization('phn-24').path}{body.pk}/"


def test_a_commune_without_a_trade_union_is_data(tmp_path) -> None:
    Organization.objects.filter(code="cd-24-07615").delete()
    listed = tmp_path / "absent.csv"
    listed.write_text("kind,territory\ntrade_union,07615\n", encoding="utf-8")
    assert seed(absent=read_absent(listed)).organizations == 0
    assert not Organization.objects.filter(code="cd-24-07615").exists()


def test_an_unknown_kind_in_the_list_is_refused(tmp_path) -> None:
    listed = tmp_path / "absent.csv"
    listed.write_text("kind,territory\nchess_club,07615\n", encoding="utf-8")
    with pytest.raises(ValueError, match="chess_club"):
        read_absent(listed)


def test_sample_communes_come_with_all_their_bodies_and_say_so() -> None:
    province = Territory.objects.get(code="24")
    sample = [("24M01", "Xã Mẫu Thượng"), ("24M05", "Phường Mẫu Trung")]
    for _twice in range(2):
        communes = seed_sample_communes(province, sample, absent=frozenset({("trade_union", "24M05")}))
    assert [(c.kind, c.is_sample) for c in communes] == [("xã", True), ("phường", True)]
    bodies = Organization.objects.filter(territory__in=communes)
    assert bodies.count() == 8 + 7 and not bodies.filter(is_sample=False).exists()
    assert an_organization("mttq-24-24m05").name == "Ủy ban Mặt trận Tổ quốc Việt Nam phường Mẫu Trung"
    assert not Organization.objects.filter(code="cd-24-24m05").exists()
    assert len(list(bodies_of(communes[0]))) == 8


def test_sample_communes_are_no_part_of_the_official_map() -> None:
    seed_sample_communes(Territory.objects.get(code="24"), [("24M01", "Xã Mẫu Thượng")])
    assert seed().organizations == 0
    assert Territory.objects.filter(level=Level.COMMUNE, is_sample=False).count() == 3321


def test_everything_holds_from_the_day_of_the_two_levels() -> None:
    assert set(Organization.objects.values_list("valid_from", flat=True)) == {MAP_FROM}


def test_the_command_speaks_plainly_and_can_be_silent() -> None:
    for options, words in (([], "Added 0 territories and 0 organizations"), (["--quiet"], "")):
        out = io.StringIO()
        call_command("seed_map", *options, stdout=out)
        assert words in out.getvalue() and (words or not out.getvalue())


def test_names_sort_as_a_vietnamese_reader_expects() -> None:
    country = Territory.objects.get(code="VN")
    names = ["Tỉnh Ưng", "Tỉnh Đá", "Tỉnh Ân", "Tỉnh Da", "Tỉnh Ăn", "Tỉnh An", "Tỉnh Ung", "Tỉnh Dã"]
    for number, name in enumerate(names):
        Territory.objects.create(
            code=f"X{number}", level=Level.PROVINCE, kind="x", name=name, parent=country, search_text="x"
        )
    with translation.override("en"):
        found = [t.name.removeprefix("Tỉnh ") for t in Territory.objects.filter(kind="x").by_name()]
    assert found == ["An", "Ăn", "Ân", "Da", "Dã", "Đá", "Ung", "Ưng"]


def test_organizations_sort_the_same_way_on_both_databases() -> None:
    names = [o.name for o in Organization.objects.filter(level=Level.PROVINCE, kind=Kind.FRONT).by_name()]
    places = [name.removeprefix("Ủy ban Mặt trận Tổ quốc Việt Nam ") for name in names]
    assert places[:3] == ["thành phố Cần Thơ", "thành phố Đà Nẵng", "thành phố Hà Nội"]
    assert places[-1] == "tỉnh Vĩnh Long"
    assert places.index("tỉnh Cao Bằng") < places.index("tỉnh Đắk Lắk") < places.index("tỉnh Gia Lai")


def test_people_find_bodies_without_typing_marks() -> None:
    found = Organization.objects.matching("hoi phu nu SƠN ĐỘNG bac ninh")
    assert {o.code for o in found} == {"phn-24-07615"}
