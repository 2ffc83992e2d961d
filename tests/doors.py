"""What of the product can be reached from its addresses, commands and signals, by reading the sources.

A function is reached when something that is reached names it. Names are followed through imports; a class is
reached with all of its methods, a module's own statements with the module.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.databases import ROOT

_DOTTED = re.compile(r"^(?:supervision|workflows)(?:\.\w+)+$")
Name = tuple[str, str]  # module and name; "" for the module's own statements, EVERY for all it defines
EVERY = "*"


@dataclass
class Module:
    """The top-level names of a module, and what the code of each names."""

    name: str
    imported: dict[str, Name] = field(default_factory=dict)  # local name: module and name in it
    named: dict[str, set[Name]] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)  # texts by the name that they have
    said: dict[str, set[str]] = field(default_factory=dict)  # the texts in the code of each


def sources() -> dict[str, Path]:
    """Return every module of the product with its file; migrations and settings are read as data only."""
    found = {}
    for folder in ("supervision", "workflows"):
        for path in (ROOT / folder).rglob("*.py"):
            if "migrations" not in path.parts:
                found[".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")] = path
    return found


def read(modules: dict[str, Path]) -> dict[str, Module]:
    """Return what each module defines and names."""
    found = {}
    for name, path in modules.items():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        module = Module(name)
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module:
                for one in node.names:
                    whole = f"{node.module}.{one.name}"
                    is_module = whole in modules
                    module.imported[one.asname or one.name] = (
                        (whole, "") if is_module else (node.module, one.name)
                    )
        for statement in tree.body:
            if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Constant):
                texts = [one.id for one in statement.targets if isinstance(one, ast.Name)]
                module.constants.update(dict.fromkeys(texts, str(statement.value.value)))
            key = statement.name if isinstance(statement, ast.FunctionDef | ast.ClassDef) else ""
            if isinstance(statement, ast.FunctionDef) and _registers(statement):
                module.named.setdefault("", set()).add((name, statement.name))
            module.named.setdefault(key, set()).update(_names(statement, module, modules))
            module.said.setdefault(key, set()).update(
                one.value
                for one in ast.walk(statement)
                if isinstance(one, ast.Constant) and isinstance(one.value, str)
            )
        found[name] = module
    return found


def _registers(function: ast.FunctionDef) -> bool:
    """Whether a decorator hands the function to whoever calls it, as `@register.filter` does."""
    return any("register" in ast.unparse(decorator) for decorator in function.decorator_list)


def _names(node: ast.AST, module: Module, modules: dict[str, Path]) -> Iterator[Name]:
    for one in ast.walk(node):
        if isinstance(one, ast.ImportFrom) and one.module:  # what is imported runs
            yield from (
                (whole, "") for name in one.names if (whole := f"{one.module}.{name.name}") in modules
            )
            yield one.module, ""
        if isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name):
            where = module.imported.get(one.value.id)
            if where and not where[1]:
                yield where[0], one.attr
        if isinstance(one, ast.Name):
            yield module.imported.get(one.id, (module.name, one.id))
        if isinstance(one, ast.Constant) and isinstance(one.value, str) and _DOTTED.match(one.value):
            where, _dot, last = one.value.rpartition(".")
            if one.value in modules:  # handed to somebody who looks names up in it
                yield one.value, EVERY
            else:
                yield where, last


def roots(found: dict[str, Module]) -> list[Name]:
    """Return where the product is entered: addresses, commands, apps, template tags, settings, flows."""
    begins: list[Name] = []
    for name, module in found.items():
        parts = name.split(".")
        if "demo" in parts[:2]:
            continue
        if "commands" in parts or "templatetags" in parts or parts[-1] in ("apps", "urls", "wsgi"):
            begins += [(name, one) for one in module.named]
        if name.startswith(("supervision.settings", "workflows.flows", "supervision.law.forms")):
            begins += [(name, one) for one in module.named]
    return begins


def reached(found: dict[str, Module], roots: list[Name]) -> set[Name]:
    """Return the names that can be reached from `roots`."""
    seen: set[Name] = set()
    waiting = list(roots)
    while waiting:
        where, name = one = waiting.pop()
        module = found.get(where)
        if one in seen or module is None:
            continue
        seen.add(one)
        waiting.append((where, ""))  # its own statements run with it
        if name == EVERY:
            waiting += [(where, public) for public in module.named if not public.startswith("_")]
        if name in module.imported:  # handed on, as the models of a package are
            waiting.append(module.imported[name])
        waiting += module.named.get(name, ())
    return seen
