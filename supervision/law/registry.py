"""Every form that is declared, found by listing `law/forms`."""

from __future__ import annotations

import functools
import importlib
import pkgutil

from supervision.law import forms
from supervision.law.specs import FormSpec


@functools.cache
def specs() -> dict[str, FormSpec]:
    """Return `{slug: FormSpec}` for every declaration in `law/forms`."""
    found: dict[str, FormSpec] = {}
    for module_info in pkgutil.iter_modules(forms.__path__):
        spec = getattr(importlib.import_module(f"{forms.__name__}.{module_info.name}"), "SPEC", None)
        if spec is not None:
            found[spec.slug] = spec
    return found


def spec_of(slug: str) -> FormSpec:
    """Return the declaration of a form; KeyError for an unknown slug."""
    return specs()[slug]
