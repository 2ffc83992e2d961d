"""The seeded world: the same every time, open work that agrees with the engine, something for everyone."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from viewflow.workflow.models import Task
from viewflow.workflow.status import STATUS

from supervision.audit import contents
from supervision.casefiles.models import Case
from supervision.cases.models import Inquiry, Recommendation
from supervision.deadlines.states import state
from supervision.demo import accounts, seeding
from supervision.documents.models import Document
from supervision.drafts.models import Call, Match, Outcome, RemarkPlace
from supervision.law.registry import specs
from supervision.notices.models import Notice
from supervision.organizations.actors import Actor
from supervision.organizations.models import Mandate
from supervision.publication.models import Publication, PublishedRemark
from tests.demo.conftest import SEED, TODAY
from workflows.inbox import work_items
from workflows.models import DoneAct, WorkItem

COMPARED = (
    "access", "audit", "cases", "deadlines", "documents", "notices", "publication", "supervision_workflows",
)  # fmt: skip
#: Public ids, verification codes and hashes are random or follow from what is.
RANDOM = re.compile(r"\b(?:[a-z2-7]{26}|[2-9A-Z]{26}|[0-9a-f]{64})\b")
RANDOM_FIELDS = {"pdf_size", "size", "certificate_subject", "password", "salt"}
OPEN_TASKS = [STATUS.NEW, STATUS.ASSIGNED, STATUS.STARTED, STATUS.SCHEDULED]


def dump() -> dict[str, str]:
    """Return every row of the compared apps as text, without what is random."""
    found = {}
    for label in COMPARED:
        for model in (model for model in apps.get_app_config(label).get_models() if not model._meta.proxy):
            names = [field.name for field in model._meta.concrete_fields if field.name not in RANDOM_FIELDS]
            rows = list(model._default_manager.order_by("pk").values(*names))
            text = json.dumps(rows, default=str, ensure_ascii=False)
            found[model._meta.label] = RANDOM.sub("*", text)
    return found


def test_the_same_seed_and_date_tell_the_same_world(private_database):
    dumps = []
    for _run in range(2):
        with private_database():
            seeding.seed_demo(seed=SEED, today=TODAY, cases=12)
            dumps.append(dump())
            scripts = [seeding.told_cases(cases=12, seed=SEED + more, today=TODAY) for more in range(2)]
    first, second = dumps
    assert first.keys() == second.keys() and len(first) > 30
    assert [label for label in first if first[label] != second[label]] == []
    assert scripts[0] != scripts[1]


@pytest.mark.xdist_group("whole world")  # told once, not by each worker
class TestWholeWorld:
    @pytest.fixture(autouse=True)
    def _world(self, whole_world):
        self.made = whole_world

    def test_open_work_is_exactly_what_the_engine_waits_for(self):
        items = set(WorkItem.objects.filter(finished_at__isnull=True).values_list("task", flat=True))
        tasks = Task.objects.filter(flow_task_type="HUMAN", status__in=OPEN_TASKS)
        assert items == set(tasks.values_list("pk", flat=True))

    def test_every_sent_row_is_held_by_an_event_as_it_is(self):
        """Each act was committed by itself here: what no event of its own act holds stays unheld."""
        assert list(contents.troubles()) == []

    def test_nothing_is_open_in_ended_cases(self):
        ended = Case.objects.filter(state__in=[Case.State.CANCELLED, Case.State.CLOSED])
        assert ended.count() >= 3
        assert not WorkItem.objects.filter(case__in=ended, finished_at__isnull=True).exists()

    def test_every_state_of_a_case_occurs_and_sixty_papers_are_signed_at_most(self):
        assert set(Case.objects.values_list("state", flat=True)) == set(Case.State.values)
        assert Document.objects.filter(state=Document.State.SIGNED).count() == self.made.signed <= 60
        assert not Document.objects.filter(state__in=["signing", "stuck"]).exists()
        assert Publication.objects.count() >= 5

    def test_recommendations_and_inquiries_stand_at_many_points(self):
        State = Recommendation.State
        missing = {State.DRAFT, State.VERIFIED}
        states = set(Recommendation.objects.values_list("state", flat=True))
        assert states == set(State.values) - missing
        assert Inquiry.State.WITHDRAWN in set(Inquiry.objects.values_list("state", flat=True))

    def test_each_account_finds_something_to_do_and_the_chips_differ(self):
        chips: Counter[str] = Counter()
        for account in accounts():
            actor = Actor.of(Mandate.objects.get(user__username=account.username))
            mine = WorkItem.objects.filter(finished_at__isnull=True).filter(
                work_items.offered_q(actor, TODAY) | work_items.assigned_q(actor, TODAY)
            )
            assert mine.exists(), account.username
            chips.update(
                state(item.deadline, TODAY).kind for item in mine.select_related("deadline") if item.deadline
            )
        assert {"late", "soon", "ok", "extended", "asked", "paused"} - set(chips) == set()

    def test_keys_are_stable_and_name_their_case(self):
        keys = list(DoneAct.objects.values_list("key", "item__case"))
        assert len(keys) > 300
        prefixes = {case: set() for _key, case in keys}
        for key, case in keys:
            prefixes[case].add(key.rpartition("-")[0])
        assert all(len(names) == 1 for names in prefixes.values())

    def test_everything_happened_before_today_and_numbers_rise_with_time(self):
        assert DoneAct.objects.order_by("at").last().at.date() < TODAY
        registers: dict[str, list[str]] = {}  # one for each year, lead and kind of case
        for code in Case.objects.order_by("opened_at").values_list("code", flat=True):
            registers.setdefault(code.rpartition("-")[0], []).append(code)
        assert len(registers) > 10 and all(codes == sorted(codes) for codes in registers.values())

    def test_old_mail_is_not_sent_again(self):
        waiting = Notice.objects.filter(sent_at__isnull=True)
        assert all((TODAY - notice.created_at.date()).days <= 1 for notice in waiting)

    def test_every_form_is_told_and_a_case_carries_out_an_item_of_the_plan(self):
        assert set(Case.objects.values_list("form", flat=True)) == {
            spec.slug for spec in specs().values() if spec.opening
        }
        assert set(Case.objects.exclude(planned=None).values_list("form", flat=True)) == {
            "doan-giam-sat", "phan-bien-bang-van-ban",
        }  # fmt: skip

    def test_a_draft_is_open_to_everyone_and_another_has_its_next_version(self):
        call = Call.objects.get(is_public=True, closed_at=None, closes_on__gt=TODAY + dt.timedelta(days=7))
        states = set(call.contributions.values_list("state", flat=True))
        assert states == {"taken", "refused", "waiting"}
        assert call.draft.groups.filter(state="confirmed").count() == 1
        assert Match.objects.filter(decided_at=None).exclude(doubts=[]).exists()
        assert RemarkPlace.objects.exists()

    def test_a_draft_was_issued_and_its_remarks_stand_beside_the_final_clauses(self):
        decided = Outcome.objects.exclude(verdict="").values_list("verdict", flat=True)
        assert Counter(decided) == {"adopted": 4, "partly": 1, "not_adopted": 1}
        assert Outcome.objects.filter(verdict="").count() == 1  # one is left for whoever looks round
        shown = PublishedRemark.objects.filter(data__outcome__in=Outcome.Verdict.values)
        assert shown.values("publication").distinct().count() == 1

    def test_titles_carry_the_mark(self):
        assert not Case.objects.exclude(title__endswith="(DỮ LIỆU MẪU)").exists()

    def test_a_second_run_says_so_and_changes_nothing(self, capsys):
        before = dump()
        call_command("seed_demo")
        assert "Already seeded" in capsys.readouterr().out
        assert dump() == before


def test_real_settings_are_refused(settings):
    settings.DEMO = False
    with pytest.raises(CommandError):
        call_command("seed_demo")
