"""Which version of its flow a case runs under: pinned when it opens, changed by `case_migration` alone.

`versions.json` keeps the shape of every version there was, nodes and where each leads. The
number of a version is its place in that list; `manage.py flow_versions --write` adds the newest.
"""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _
from viewflow.workflow import flow
from viewflow.workflow.models import Process

from supervision.errors import WrongState

RECORD = Path(__file__).parents[1] / "versions.json"
#: `{node: "Kind follower follower=way"}`; two flows of one shape run the same cases alike.
Shape = dict[str, str]


def shape_of(flow_class: type[flow.Flow]) -> Shape:
    """Return what the shape of a flow is, as the record keeps it."""
    shape: Shape = {}
    for node in flow_class.instance.nodes():
        ways = sorted(f"{edge.dst.name}={edge.edge_class}" for edge in node._outgoing())
        shape[node.name] = " ".join([type(node).__name__, *ways])
    return dict(sorted(shape.items()))


@functools.cache
def recorded() -> dict[str, list[Shape]]:
    """Return the shapes of every form's versions, oldest first."""
    found: dict[str, list[Shape]] = json.loads(RECORD.read_text(encoding="utf-8"))
    return found


def with_newest(slug: str, flow_class: type[flow.Flow]) -> list[Shape]:
    """Return the versions of a form, with the flow as it is now at the end."""
    known = recorded().get(slug, [])
    shape = shape_of(flow_class)
    return known if known and known[-1] == shape else [*known, shape]


def version_of(flow_class: Any) -> int:
    """Return the number of the version that `flow_class` is; one that is not recorded yet is the next."""
    return _counted(flow_class)


@functools.cache
def _counted(flow_class: Any) -> int:
    return len(with_newest(flow_class.spec.slug, flow_class))


def pinned(process: Process) -> int:
    """Return the version a process runs under; those begun before versions were kept have the first."""
    return int((process.data or {}).get("version", 1))


def pin(process: Process, version: int) -> None:
    """Write the version into the process; the caller saves it."""
    process.data = {**(process.data or {}), "version": version}


def require_pinned(flow_class: Any, process_pk: int) -> None:
    """Raise WrongState when the process has not been moved to the version that is running."""
    process = Process.objects.only("data").get(pk=process_pk)
    if pinned(process) != version_of(flow_class):
        raise WrongState(
            _(
                "Quy trình của hồ sơ này vừa được sửa và hồ sơ chưa được chuyển sang quy trình mới. "
                "Chưa có gì bị mất; báo quản trị viên rồi làm lại."
            )
        )
