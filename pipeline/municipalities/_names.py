"""Only the names by which forms print the municipalities: what reading a form needs, without the profiles and the law."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path


def printed_names(folder: Path) -> Mapping[str, str] | None:
    """The key of each printed name; None when anything is amiss, so that the whole load can name the mistakes."""
    names: dict[str, str] = {}
    try:
        for file in sorted(folder.glob("*.toml")):
            if file.name.startswith("_"):
                continue
            head, _, _ = file.read_text(encoding="utf-8").partition("\n[")
            top = tomllib.loads(head)
            own = top.get("recognised_names")
            if top.get("key") != file.stem or not isinstance(own, list) or not own:
                return None
            for name in own:
                if not isinstance(name, str) or name in names:
                    return None
                names[name] = file.stem
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return None
    return names or None
