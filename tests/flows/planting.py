"""The engine with a bug planted: its modules, their source changed, under other names."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from importlib import import_module
from types import ModuleType

from tests.flows.playing import System

PARTS = ("answers", "path", "deeds", "engine", "wording")
"""In the order in which they need one another."""


def planted(bugs: Mapping[str, tuple[str, str]], name: str) -> System:
    """`bugs`: a part, what stands in its source exactly once, and what to put there."""
    made = {part: _module(part, bugs.get(part), f"planted_{name}") for part in PARTS}
    engine, path, wording = made["engine"], made["path"], made["wording"]
    return System(engine.advance, engine.position, path.walk, wording.word)


def _module(part: str, bug: tuple[str, str] | None, package: str) -> ModuleType:
    real = import_module(f"flows.{part}")
    assert real.__spec__ is not None
    source = real.__spec__.loader.get_source(real.__name__)  # type: ignore[union-attr]
    if bug:
        assert source.count(bug[0]) == 1, f"{part} has {source.count(bug[0])} times: {bug[0]}"
        source = source.replace(*bug)
    for other in PARTS:
        source = source.replace(f"from flows.{other} import", f"from {package}.{other} import")
    source = source.replace(
        "from flows import answers, events",
        f"from flows import events\nfrom {package} import answers",
    ).replace("from flows import answers", f"from {package} import answers")
    sys.modules.setdefault(package, ModuleType(package))
    module = ModuleType(f"{package}.{part}")
    sys.modules[module.__name__] = module
    setattr(sys.modules[package], part, module)
    exec(compile(source, f"<{module.__name__}>", "exec"), module.__dict__)
    return module
