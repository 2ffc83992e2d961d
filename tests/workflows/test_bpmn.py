"""Every flow can be read elsewhere: BPMN 2.0 with lanes, reasons and a drawing, kept in docs/bpmn."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.core.management import call_command
from SpiffWorkflow.bpmn.parser import BpmnParser

from workflows.engine.bpmn import BPMN, DI, LANES, draw, lane_of, nodes_of, xml_of
from workflows.engine.nodes import Human
from workflows.engine.registry import flows_by_slug
from workflows.management.commands.bpmn_docs import FOLDER, wanted

FLOWS = sorted(flows_by_slug().items())
NAMES = {"b": BPMN, "d": DI}


def test_the_files_in_the_docs_are_what_the_flows_say() -> None:
    call_command("bpmn_docs")
    assert {file.name for file in FOLDER.glob("*.bpmn")} == set(wanted())


@pytest.mark.parametrize(("slug", "flow_class"), FLOWS)
def test_another_engine_reads_every_node(slug: str, flow_class: Any, tmp_path: Path) -> None:
    file = tmp_path / f"{slug}.bpmn"
    file.write_text(xml_of(flow_class), encoding="utf-8")
    parser = BpmnParser()
    parser.add_bpmn_file(str(file))
    found = parser.get_spec(slug.replace("-", "_")).task_specs
    assert {node.name for node in flow_class.instance.nodes()} <= set(found)
    for node in nodes_of(flow_class):
        assert {edge.dst.name for edge in node._outgoing()} == {
            one.name for one in found[node.name].outputs
        } - {f"{slug}.EndJoin"} or not list(node._outgoing())


@pytest.mark.parametrize(("slug", "flow_class"), FLOWS)
def test_each_step_has_its_words_its_lane_and_its_reason(slug: str, flow_class: Any) -> None:
    root = ET.fromstring(xml_of(flow_class))
    lanes = {
        ref.text: lane.get("name")
        for lane in root.iterfind(".//b:lane", NAMES)
        for ref in lane.iterfind("b:flowNodeRef", NAMES)
    }
    assert set(lanes) == {node.name for node in flow_class.instance.nodes()}
    for node in flow_class.instance.nodes():
        if isinstance(node, Human):
            task = root.find(f".//b:userTask[@id='{node.name}']", NAMES)
            assert task is not None and task.get("name") == node.step.title.vi
            said = task.findtext("b:documentation", "", NAMES)
            assert all(one.label.vi in said for one in node.step.basis)
            assert lanes[node.name] == LANES[lane_of(node)].vi


@pytest.mark.parametrize(("slug", "flow_class"), FLOWS)
def test_the_drawing_shows_every_node_once_and_none_over_another(slug: str, flow_class: Any) -> None:
    root = ET.fromstring(xml_of(flow_class))
    shown = [shape.get("bpmnElement") for shape in root.iterfind(".//d:BPMNShape", NAMES)]
    assert len(shown) == len(set(shown)) and {node.name for node in flow_class.instance.nodes()} <= set(shown)
    for one, other in itertools.combinations(draw(flow_class).nodes.values(), 2):
        apart = one.x + one.width <= other.x or other.x + other.width <= one.x
        assert apart or one.y + one.height <= other.y or other.y + other.height <= one.y
