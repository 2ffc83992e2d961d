"""Every form's flow, found by listing `workflows/flows`."""

from __future__ import annotations

import functools
import importlib
import pkgutil

from workflows.engine.base import SupervisionFlow


@functools.cache
def flows_by_slug() -> dict[str, type[SupervisionFlow]]:
    """Return `{form slug: flow class}` for every module of `workflows.flows`."""
    found: dict[str, type[SupervisionFlow]] = {}
    flows = importlib.import_module("workflows.flows")  # above this room, and found by listing alone
    for module_info in pkgutil.iter_modules(flows.__path__):
        if module_info.ispkg:  # parts that forms share
            continue
        module = importlib.import_module(f"{flows.__name__}.{module_info.name}")
        for value in vars(module).values():
            if isinstance(value, type) and issubclass(value, SupervisionFlow) and hasattr(value, "spec"):
                found[value.spec.slug] = value
    return found


def flow_of(slug: str) -> type[SupervisionFlow]:
    """Return the flow of a form; KeyError for an unknown slug."""
    return flows_by_slug()[slug]
