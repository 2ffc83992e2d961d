"""The map of Vietnam since 1 July 2025: territories and the bodies that each of them has.

Only missing rows are added, found by their code, so the seed may run again at any time and
never undoes what officials have changed. Official territory codes come from the
`vietnam-provinces` package.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import vietnam_provinces
from django.db import transaction
from django.db.models import CharField, F, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Concat

from supervision.language.folding import fold
from supervision.organizations.bodies import (
    DEPARTMENTS,
    FRONT_BODIES,
    GOVERNMENT,
    MINISTRIES,
    STATE_BODIES,
    Naming,
)
from supervision.organizations.models import Kind, Level, Organization, Territory

#: The day from which the map of two levels below the centre holds.
MAP_FROM = dt.date(2025, 7, 1)
COUNTRY = "VN"

#: "A commune without a trade union is data": bodies that a place does not have (kind, territory code).
ABSENT_FILE = Path(__file__).with_name("absent.csv")
Absent = frozenset[tuple[str, str]]

Progress = Callable[[str, int, int], None]  # what, done, of


@dataclass(frozen=True)
class Body:
    """An organization to be, with its superior and its Front committee by code."""

    code: str
    kind: Kind
    territory: Territory
    naming: Naming
    superior: str = ""
    front: str = ""


@dataclass(frozen=True)
class Seeded:
    """How many rows a run added; all zero on a second run."""

    territories: int
    organizations: int


def seed(*, absent: Absent | None = None, progress: Progress = lambda what, done, of: None) -> Seeded:
    """Add what is missing of the country, 34 provinces, 3,321 communes and their bodies.

    One transaction: an interrupted run leaves nothing half done. `absent` replaces the
    shipped list of bodies that a place does not have.
    """
    without = read_absent(ABSENT_FILE) if absent is None else absent
    with transaction.atomic():
        territories, added = _seed_territories()
        progress("territories", len(territories), len(territories))
        bodies = [
            body
            for territory in territories
            for body in bodies_of(territory)
            if (body.kind, territory.code) not in without
        ]
        created = _create_bodies(bodies, progress)
    return Seeded(added, created)


def seed_sample_communes(
    province: Territory, communes: Iterable[tuple[str, str]], *, absent: Absent = frozenset()
) -> list[Territory]:
    """Add invented communes, (code, name with its kind), to a real province with all their bodies.

    Everything carries `is_sample`, so that no real commune is ever shown with a failing.
    """
    rows = [_territory(code, Level.COMMUNE, name, province, is_sample=True) for code, name in communes]
    with transaction.atomic():
        existing = set(Territory.objects.values_list("code", flat=True))
        Territory.objects.bulk_create([row for row in rows if row.code not in existing])
        communes_now = Territory.objects.filter(code__in=[r.code for r in rows]).order_by("pk")
        stored = list(communes_now.select_related("parent"))
        bodies = [b for t in stored for b in bodies_of(t) if (b.kind, t.code) not in absent]
        _create_bodies(bodies, lambda what, done, of: None)
    return stored


def read_absent(path: Path) -> Absent:
    """Read "kind,territory" rows; raises ValueError for an unknown kind."""
    with path.open(encoding="utf-8", newline="") as file:
        return frozenset((Kind(row["kind"]).value, row["territory"]) for row in csv.DictReader(file))


def code_of(prefix: str, territory: Territory) -> str:
    """Return the code of a body: "mttq", "mttq-24", "mttq-24-07210"."""
    if territory.level == Level.CENTRE:
        return prefix
    if territory.level == Level.PROVINCE:
        return f"{prefix}-{territory.code.lower()}"
    assert territory.parent is not None
    return f"{prefix}-{territory.parent.code.lower()}-{territory.code.lower()}"


def bodies_of(territory: Territory) -> Iterator[Body]:
    """Yield the bodies of one territory: the Front and the five first, then the State's."""
    level, above = Level(territory.level), territory.parent
    front = code_of("mttq", territory)
    for body in (*FRONT_BODIES, *STATE_BODIES):
        if level not in body.at:
            continue
        yield Body(
            code=code_of(body.prefix, territory),
            kind=body.kind,
            territory=territory,
            naming=body.at[level],
            superior=_superior_of(body.prefix, body.at, above),
            front=front if body in FRONT_BODIES and body.kind != Kind.FRONT else "",
        )
    if level == Level.PROVINCE:
        for prefix, name, symbol in DEPARTMENTS:
            yield Body(
                code=code_of(prefix, territory),
                kind=Kind.DEPARTMENT,
                territory=territory,
                naming=Naming(f"{name} {{place}}", name if name.startswith("Sở") else "", symbol=symbol),
                superior=code_of("ubnd", territory),
            )
    if level == Level.CENTRE:
        code, name, symbol = GOVERNMENT
        yield Body(code, Kind.GOVERNMENT, territory, Naming(name, name, symbol=symbol))
        for ministry, name, symbol in MINISTRIES:
            yield Body(ministry, Kind.MINISTRY, territory, Naming(name, name, symbol=symbol), superior=code)


def _superior_of(prefix: str, at: dict[Level, Naming], above: Territory | None) -> str:
    if above is None:
        return ""
    if Level(above.level) in at:
        return code_of(prefix, above)
    return GOVERNMENT[0] if prefix == "ubnd" else ""


def _seed_territories() -> tuple[list[Territory], int]:
    """Store the missing territories; return all official ones, the country first, and how many are new."""
    existing = {t.code: t for t in Territory.objects.select_related("parent").filter(is_sample=False)}
    added = 0

    def stored(wanted: list[Territory]) -> list[Territory]:
        nonlocal added
        new = [row for row in wanted if row.code not in existing]
        for row in Territory.objects.bulk_create(new):
            existing[row.code] = row
        added += len(new)
        return [existing[row.code] for row in wanted]

    data = json.loads(Path(vietnam_provinces.NESTED_DIVISIONS_JSON_PATH).read_text(encoding="utf-8"))
    country = stored([_territory(COUNTRY, Level.CENTRE, "Việt Nam", None)])[0]
    provinces = stored(
        [_territory(f"{p['code']:02d}", Level.PROVINCE, _province_name(p), country) for p in data]
    )
    communes = stored(
        [
            _territory(f"{ward['code']:05d}", Level.COMMUNE, ward["name"], province)
            for province, entry in zip(provinces, data, strict=True)
            for ward in entry["wards"]
        ]
    )
    return [country, *provinces, *communes], added


def _province_name(entry: dict[str, Any]) -> str:
    """Return the name with its kind; the package writes cities with it and provinces without."""
    name = str(entry["name"])
    return name if name.startswith(("Thành phố ", "Tỉnh ")) else f"Tỉnh {name}"


def _territory(
    code: str, level: Level, name: str, parent: Territory | None, *, is_sample: bool = False
) -> Territory:
    kinds = {
        "Thành phố ": "thành phố",
        "Tỉnh ": "tỉnh",
        "Xã ": "xã",
        "Phường ": "phường",
        "Đặc khu ": "đặc khu",
    }
    kind = next((word for start, word in kinds.items() if name.startswith(start)), "quốc gia")
    place = f"{name} {parent.name}" if level == Level.COMMUNE and parent else name
    return Territory(
        code=code,
        level=level,
        kind=kind,
        name=name,
        parent=parent,
        search_text=fold(place),
        is_sample=is_sample,
    )


def _create_bodies(bodies: list[Body], progress: Progress) -> int:
    """Store the missing bodies, superiors first; return how many were added."""
    ids = dict(Organization.objects.values_list("code", "pk"))
    pending = [body for body in bodies if body.code not in ids]
    total, done = len(pending), 0
    while pending:
        ready = [
            b for b in pending if (not b.superior or b.superior in ids) and (not b.front or b.front in ids)
        ]
        if not ready:
            raise ValueError(f"no superior for {pending[0].code}: {pending[0].superior or pending[0].front}")
        rows = Organization.objects.bulk_create([_organization(body, ids) for body in ready])
        ids.update((row.code, row.pk) for row in rows)
        set_missing_paths()
        done += len(ready)
        progress("organizations", done, total)
        pending = [body for body in pending if body.code not in ids]
    return total


def _organization(body: Body, ids: dict[str, int]) -> Organization:
    territory = body.territory
    place = territory.name[0].lower() + territory.name[1:]
    name = body.naming.name.format(place=place)
    short_name = body.naming.short_name.format(place=place) or name
    above = territory.parent.name if territory.level == Level.COMMUNE and territory.parent else ""
    return Organization(
        code=body.code,
        kind=body.kind,
        level=territory.level,
        territory=territory,
        superior_id=ids[body.superior] if body.superior else None,
        front_id=ids[body.front] if body.front else None,
        name=name,
        short_name=short_name,
        deciding_body=body.naming.deciding_body,
        symbol=body.naming.symbol,
        search_text=search_text(name, short_name, above),
        valid_from=MAP_FROM,
        is_sample=territory.is_sample,
    )


def search_text(*parts: str) -> str:
    """Return what an organization is found by: its names and its place, folded."""
    return fold(" ".join(part for part in parts if part))[:240]


def set_missing_paths() -> None:
    """Give organizations without a path theirs: the superior's path and their own id."""
    above = Organization.objects.filter(pk=OuterRef("superior_id")).values("path")
    own = Concat(Cast(F("pk"), CharField()), Value("/"))
    roots = Organization.objects.filter(path="", superior__isnull=True)
    roots.update(path=Concat(Value("/"), own))
    Organization.objects.filter(path="", superior__isnull=False).update(path=Concat(Subquery(above), own))
