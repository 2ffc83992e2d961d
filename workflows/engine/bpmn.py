"""A flow as BPMN 2.0 with lanes, and as a picture: for reading and for other tools, never for running.

Viewflow's own export has no lanes and no documentation; this one takes who does a step, and why,
from the form's declaration.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree as ET

from viewflow.workflow import flow

from supervision.law.specs import Party
from supervision.law.text import T
from workflows.engine.base import SupervisionFlow
from workflows.engine.nodes import AwaitSignature, Choice, ForEach, Human

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DD = "http://www.omg.org/spec/DD/20100524/DI"
SVG = "http://www.w3.org/2000/svg"

LANES: dict[str, T] = {
    "lead": T("Tổ chức chủ trì", "Chairing organization"),
    "delegation": T("Người được cử, đoàn giám sát", "Named persons, the delegation"),
    "board": T("Ban ở xã", "The commune's board"),
    "settler": T("Ủy ban nhân dân xã", "The commune's People's Committee"),
    "addressee": T("Cơ quan, nơi được hỏi", "Agencies and those who are asked"),
    "machine": T("Hệ thống", "The system"),
}
_LANE_OF = {
    Party.LEAD: "lead",
    Party.HEAD: "delegation",
    Party.SECRETARY: "delegation",
    Party.REPRESENTATIVE: "delegation",
    Party.BOARD: "board",
    Party.SETTLER: "settler",
    Party.ADDRESSEE: "addressee",
    Party.DRAFTER: "addressee",
    Party.OF_PAPER: "delegation",
    Party.ASKER: "lead",
}
CONDITIONS = {"cond_true": "có", "cond_false": "không"}
TASK, GATEWAY, EVENT = (150, 76), (40, 40), (32, 32)
COLUMN, ROW, LEFT = 210, 104, 150


@dataclass(frozen=True)
class Shape:
    """Where a node is drawn, in pixels: left upper corner and size."""

    x: int
    y: int
    width: int
    height: int

    @property
    def middle(self) -> tuple[int, int]:
        return self.x + self.width // 2, self.y + self.height // 2


@dataclass(frozen=True)
class Drawing:
    """Shapes of nodes and lanes by name, and the size of the whole."""

    nodes: dict[str, Shape]
    lanes: dict[str, Shape]
    width: int
    height: int


def nodes_of(flow_class: type[SupervisionFlow]) -> list[Any]:
    """Return the nodes in the order in which work reaches them, breadth first from the start."""
    found, waiting = [], [flow_class.instance.node("start")]
    while waiting:
        node = waiting.pop(0)
        if node not in found:
            found.append(node)
            waiting += [edge.dst for edge in node._outgoing()]
    return found


def element_of(node: Any) -> str:
    """Return the BPMN element of a node."""
    if isinstance(node, Human):
        return "userTask"
    if isinstance(node, AwaitSignature):
        return "serviceTask"
    if isinstance(node, Choice):
        return "exclusiveGateway"
    if isinstance(node, flow.StartHandle):
        return "startEvent"
    return "endEvent" if isinstance(node, flow.End) else "parallelGateway"


def title_of(node: Any) -> T:
    """Return what stands on the shape; gateways that only split and join have no words."""
    if isinstance(node, Human):
        return node.step.title
    if isinstance(node, AwaitSignature):
        return T("Ký số, lưu văn bản", "Sign and store the document")
    if isinstance(node, ForEach):
        return T("Mỗi nơi, mỗi kiến nghị một nhánh", "A branch for each body or recommendation")
    return T("", "")


def lane_of(node: Any) -> str:
    """Return whose lane a node stands in; what no person does belongs to the system."""
    return _LANE_OF[node.step.party] if isinstance(node, Human) else "machine"


def _columns(flow_class: type[SupervisionFlow]) -> dict[str, int]:
    """Return the column of each node: one after the furthest node that leads to it without going back."""
    order = [node.name for node in nodes_of(flow_class)]
    columns: dict[str, int] = {}

    def place(node: Any, column: int, path: tuple[str, ...]) -> None:
        if node.name in path or columns.get(node.name, -1) >= column:
            return
        columns[node.name] = column
        for edge in node._outgoing():
            place(edge.dst, column + 1, (*path, node.name))

    place(flow_class.instance.node("start"), 0, ())
    return {name: columns[name] for name in order}


def draw(flow_class: type[SupervisionFlow]) -> Drawing:
    """Lay the flow out: lanes below each other, columns from left to right, nothing over anything else."""
    columns = _columns(flow_class)
    taken: dict[tuple[str, int], list[str]] = {}
    for node in nodes_of(flow_class):
        taken.setdefault((lane_of(node), columns[node.name]), []).append(node.name)
    rows = {
        lane: max([len(names) for (one, _), names in taken.items() if one == lane] or [0]) for lane in LANES
    }
    width = LEFT + (max(columns.values()) + 1) * COLUMN
    shapes, lanes, top = {}, {}, 0
    by_name = {node.name: node for node in nodes_of(flow_class)}
    for lane, count in rows.items():
        if not count:
            continue
        lanes[lane] = Shape(0, top, width, count * ROW)
        for (one, column), names in taken.items():
            for row, name in enumerate(names if one == lane else ()):
                w, h = _size(by_name[name])
                x, y = LEFT + column * COLUMN + (TASK[0] - w) // 2, top + row * ROW + (ROW - h) // 2
                shapes[name] = Shape(x, y, w, h)
        top += count * ROW
    return Drawing(shapes, lanes, width, top)


def _size(node: Any) -> tuple[int, int]:
    element = element_of(node)
    if element.endswith("Task"):
        return TASK
    return EVENT if element.endswith("Event") else GATEWAY


def _edges(flow_class: type[SupervisionFlow]) -> Iterator[tuple[str, Any]]:
    for node in nodes_of(flow_class):
        for number, edge in enumerate(node._outgoing(), start=1):
            yield f"{node.name}_{number}", edge


def _way(source: Shape, target: Shape) -> list[tuple[int, int]]:
    """Return the corners of an arrow: out at the right, in at the left; around when it leads back."""
    (sx, sy), (tx, ty) = source.middle, target.middle
    if target.x > source.x:
        out, into = source.x + source.width + 20, target.x - 20
        if target.x - source.x < 2 * COLUMN - TASK[0] // 2:
            return [(source.x + source.width, sy), (out, sy), (out, ty), (target.x, ty)]
        free = ty - ROW // 2 + 4  # above every shape of the target's row
        return [
            (source.x + source.width, sy),
            (out, sy),
            (out, free),
            (into, free),
            (into, ty),
            (target.x, ty),
        ]
    below = max(source.y + source.height, target.y + target.height) + 8
    return [(sx, source.y + source.height), (sx, below), (tx, below), (tx, target.y + target.height)]


def _add(parent: ET.Element, space: str, tag: str, **attributes: str) -> ET.Element:
    return ET.SubElement(parent, f"{{{space}}}{tag}", attributes)


def xml_of(flow_class: type[SupervisionFlow]) -> str:
    """Return the flow as a BPMN 2.0 file with lanes, documentation and a drawing."""
    for prefix, space in (("bpmn", BPMN), ("bpmndi", DI), ("dc", DC), ("di", DD)):
        ET.register_namespace(prefix, space)
    slug, title = flow_class.spec.slug.replace("-", "_"), flow_class.spec.title.vi
    root = ET.Element(f"{{{BPMN}}}definitions", id=f"d_{slug}", targetNamespace=f"urn:giam-sat:{slug}")
    collaboration = _add(root, BPMN, "collaboration", id=f"c_{slug}")
    _add(collaboration, BPMN, "participant", id=f"p_{slug}", name=title, processRef=slug)
    process = _add(root, BPMN, "process", id=slug, name=title, isExecutable="true")
    _lanes(process, flow_class)
    for node in nodes_of(flow_class):
        _node(process, node, flow_class)
    for name, edge in _edges(flow_class):
        _sequence(process, name, edge)
    _diagram(root, flow_class, slug)
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=False) + "\n"


def _sequence(process: ET.Element, name: str, edge: Any) -> None:
    arrow = _add(
        process, BPMN, "sequenceFlow", id=f"f_{name}", sourceRef=edge.src.name, targetRef=edge.dst.name
    )
    words = CONDITIONS.get(edge.edge_class)
    if words:
        arrow.set("name", words)
    if edge.edge_class == "cond_true":  # the other way is the gateway's default
        _add(arrow, BPMN, "conditionExpression").text = edge.src.name


def _lanes(process: ET.Element, flow_class: type[SupervisionFlow]) -> None:
    lane_set = _add(process, BPMN, "laneSet", id="lanes")
    for lane in draw(flow_class).lanes:
        element = _add(lane_set, BPMN, "lane", id=f"lane_{lane}", name=LANES[lane].vi)
        for node in nodes_of(flow_class):
            if lane_of(node) == lane:
                _add(element, BPMN, "flowNodeRef").text = node.name


def _node(process: ET.Element, node: Any, flow_class: type[SupervisionFlow]) -> None:
    names = {"name": title_of(node).vi} if title_of(node).vi else {}
    element = _add(process, BPMN, element_of(node), id=node.name, **names)
    for name, edge in _edges(flow_class):
        if edge.src is node and edge.edge_class == "cond_false":
            element.set("default", f"f_{name}")
    if isinstance(node, Human):
        basis = "; ".join(one.label.vi for one in node.step.basis)
        _add(element, BPMN, "documentation").text = f"Căn cứ: {basis}"
    for name, edge in _edges(flow_class):
        if edge.dst is node:
            _add(element, BPMN, "incoming").text = f"f_{name}"
    for name, edge in _edges(flow_class):
        if edge.src is node:
            _add(element, BPMN, "outgoing").text = f"f_{name}"


def _diagram(root: ET.Element, flow_class: type[SupervisionFlow], slug: str) -> None:
    drawing = draw(flow_class)
    diagram = _add(root, DI, "BPMNDiagram", id="diagram")
    plane = _add(diagram, DI, "BPMNPlane", id="plane", bpmnElement=f"c_{slug}")
    whole = Shape(0, 0, drawing.width, drawing.height)
    _shape(plane, f"p_{slug}", whole, isHorizontal="true")
    for lane, shape in drawing.lanes.items():
        inside = Shape(30, shape.y, shape.width - 30, shape.height)
        _shape(plane, f"lane_{lane}", inside, isHorizontal="true")
    for name, shape in drawing.nodes.items():
        _shape(plane, name, shape)
    for name, edge in _edges(flow_class):
        line = _add(plane, DI, "BPMNEdge", id=f"di_f_{name}", bpmnElement=f"f_{name}")
        for x, y in _way(drawing.nodes[edge.src.name], drawing.nodes[edge.dst.name]):
            _add(line, DD, "waypoint", x=str(x), y=str(y))


def _shape(plane: ET.Element, element: str, shape: Shape, **extra: str) -> None:
    drawn = _add(plane, DI, "BPMNShape", id=f"di_{element}", bpmnElement=element, **extra)
    size = {"x": shape.x, "y": shape.y, "width": shape.width, "height": shape.height}
    _add(drawn, DC, "Bounds", **{name: str(value) for name, value in size.items()})
