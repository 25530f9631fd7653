"""Our own app's manifest: what the fake gives us, and what the tests compare with the code."""

from __future__ import annotations

from pathlib import Path

from tests.fakes.slack.manifest import lines, manifest_of, read_manifest

__all__ = ["COMMANDS", "EVENTS", "FILE", "MANIFEST", "OURS", "SCOPES", "SHORTCUTS", "TEXT", "lines"]

FILE = Path(__file__).parents[3] / "deploy" / "slack-manifest.yaml"
TEXT = FILE.read_text("utf-8")
MANIFEST = read_manifest(TEXT)
OURS = manifest_of(TEXT)
SCOPES = OURS.scopes or frozenset()
EVENTS = OURS.events or frozenset()
COMMANDS = OURS.commands or frozenset()
SHORTCUTS = OURS.shortcuts or {}
