"""Run folders as earlier versions wrote them."""

from __future__ import annotations

import json
from pathlib import Path

from safetensors.numpy import load_file, save_file


def without_seals(folder: Path) -> Path:
    """Make a folder of format 1 of one of format 2, byte for byte but for the order in headers; return it."""
    for path in folder.rglob("*.safetensors"):
        save_file(load_file(path), path)
    for path in folder.rglob("*.jsonl"):
        lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        path.write_text("".join(json.dumps(_bare(line)) + "\n" for line in lines), "utf-8")
    for path in folder.rglob("*.json"):
        value = _bare(json.loads(path.read_text("utf-8")))
        if path.name == "config.json":
            del value["id"]
            value.pop("rounds", None)
            value["format"] = 1
        path.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n", "utf-8")
    return folder


def _bare(value):
    return {name: field for name, field in value.items() if name != "seal"}
