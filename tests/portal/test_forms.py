"""Form fields: labels, hints and errors are tied to their control; dates are read day first."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.utils.datastructures import MultiValueDict
from hypothesis import given
from hypothesis import strategies as st

from supervision.web.formfields import DateField, FilesField

YES_NO = [("a", "Có"), ("b", "Không")]


class Sample(forms.Form):
    name = forms.CharField(label="Họ và tên", help_text="Ghi đủ họ, đệm, tên")
    day = DateField(label="Ngày họp")
    answer = forms.ChoiceField(
        label="Trả lời", choices=[("a", "Có"), ("b", "Không")], widget=forms.RadioSelect
    )
    note = forms.CharField(label="Ghi chú", required=False, widget=forms.Textarea)
    files = FilesField(label="Tệp", required=False)
    sure = forms.BooleanField(label="Đã rà soát")


def typed(**boxes: str) -> dict[str, str]:
    return {f"day_{key}": value for key, value in boxes.items()}


@pytest.mark.parametrize(
    "whole",
    [
        "05/03/2026",
        "5/3/2026",
        "5-3-2026",
        "5.3.2026",
        "2026-03-05",
        "ngày 05 tháng 3 năm 2026",
        " 5 3 2026 ",
    ],
)
def test_a_whole_date_pasted_into_the_first_box_is_the_fifth_of_march(whole: str) -> None:
    form = Sample(typed(ngay=whole, thang="", nam=""))
    form.is_valid()
    assert form.cleaned_data["day"] == dt.date(2026, 3, 5)
    assert 'value="05"' in str(form["day"]) or 'value="5"' in str(form["day"])


@given(st.dates(min_value=dt.date(1900, 1, 1), max_value=dt.date(2200, 1, 1)))
def test_three_boxes_give_back_every_day(day: dt.date) -> None:
    form = Sample(typed(ngay=str(day.day), thang=str(day.month), nam=str(day.year)))
    form.is_valid()
    assert form.cleaned_data["day"] == day
    shown = Sample(initial={"day": day})["day"]
    assert f'value="{day.day:02}"' in str(shown)


@pytest.mark.parametrize(
    ("boxes", "words"),
    [
        ({"ngay": "30", "thang": "2", "nam": "2026"}, "Ngày 30/02/2026 không có trong lịch"),
        ({"ngay": "5", "thang": "3"}, "Điền đủ ngày, tháng và năm"),
        ({"ngay": "5", "thang": "ba", "nam": "2026"}, "chỉ gồm chữ số"),
        ({"ngay": "5", "thang": "3", "nam": "26"}, "Năm gồm bốn chữ số"),
        ({"ngay": "٥", "thang": "3", "nam": "2026"}, "chỉ gồm chữ số"),
        ({}, "Điền: Ngày họp"),
    ],
)
def test_an_impossible_date_is_said_plainly_and_kept_as_typed(boxes: dict[str, str], words: str) -> None:
    form = Sample(typed(**boxes))
    assert words in str(form.errors["day"])
    html = str(form["day"].as_field_group())
    for value in boxes.values():
        assert f'value="{value}"' in html


@given(st.text(max_size=30), st.text(max_size=5), st.text(max_size=5))
def test_no_text_breaks_the_date(day: str, month: str, year: str) -> None:
    Sample(typed(ngay=day, thang=month, nam=year)).is_valid()


def drawn(field: forms.BoundField) -> str:
    """A field as its page shows it, without the white space that lays out the template."""
    return re.sub(r"\s*\n\s*", "", str(field.as_field_group()))


def test_hint_and_error_are_read_out_with_the_control() -> None:
    html = drawn(Sample({})["name"])
    assert '<label class="govuk-label" for="id_name">Họ và tên</label>' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_name_error"' in html and 'id="id_name_helptext"' in html
    assert " required" not in html


def test_groups_have_a_legend_and_optional_fields_say_so() -> None:
    form = Sample({})
    assert '<legend class="govuk-fieldset__legend">Ngày họp</legend>' in drawn(form["day"])
    assert 'aria-describedby="id_answer_error"' in str(form["answer"].as_field_group())
    assert "(không bắt buộc)" in str(form["note"].as_field_group())


def test_the_summary_says_the_words_of_the_field_and_links_to_its_control() -> None:
    html = render_to_string("components/error_summary.html", {"form": Sample({})})
    for address, words in {
        "#id_name": "Điền: Họ và tên",
        "#id_day_0": "Điền: Ngày họp",
        "#id_answer_0": "Chọn: Trả lời",
        "#id_sure": "Đánh dấu: Đã rà soát",
    }.items():
        assert f'<a href="{address}">{words}</a>' in html
    assert 'id="loi" tabindex="-1"' in html


def test_several_files_are_taken_and_each_bad_one_is_named(settings: Any) -> None:
    settings.UPLOAD_MAX_BYTES = 10
    files = MultiValueDict(
        {
            "files": [
                SimpleUploadedFile("Biên bản.pdf", b"%PDF-"),
                SimpleUploadedFile("rỗng.pdf", b""),
                SimpleUploadedFile("to.pdf", b"x" * 11),
            ]
        }
    )
    errors = str(Sample({}, files).errors["files"])
    assert "rỗng.pdf" in errors and "to.pdf" in errors
    assert "Biên bản" not in errors
    good = Sample({}, MultiValueDict({"files": files.getlist("files")[:1]}))
    good.is_valid()
    assert [upload.name for upload in good.cleaned_data["files"]] == ["Biên bản.pdf"]
