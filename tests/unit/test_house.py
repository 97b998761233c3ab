"""The house rules that no other tool keeps: front doors, sizes, data not code, what a run writes is ignored."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parents[2]
PACKAGE = REPO / "pipeline"
MODULES = sorted(p for p in PACKAGE.rglob("*.py") if "migrations" not in p.parts)
ROOMS = sorted(p.parent.name for p in PACKAGE.glob("*/__init__.py"))


def tracked() -> list[Path]:
    said = subprocess.run(["git", "ls-files", "-z"], cwd=REPO, capture_output=True, text=True, check=True)
    return [REPO / name for name in said.stdout.split("\0") if name]


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_has_a_front_door(room: str) -> None:
    module = importlib.import_module(f"pipeline.{room}")
    names = list(module.__all__)
    assert len(names) == len(set(names))  # ruff keeps them sorted
    assert module.__doc__
    for name in names:
        assert getattr(module, name) is not None
    private = [p.stem for p in (PACKAGE / room).glob("*.py") if not p.stem.startswith("_")]
    assert private == []


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_no_module_holds_two_ideas(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


def test_rooms_are_entered_by_their_front_door() -> None:
    wrong = []
    for path in MODULES:
        own = path.relative_to(PACKAGE).parts[0]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("pipeline."):
                _, room, *inner = node.module.split(".")
                if inner and room != own and own != "__main__.py":
                    wrong.append(f"{path.relative_to(PACKAGE)}: {node.module}")
    assert wrong == []


def test_no_municipality_stands_in_the_code() -> None:
    profiles = [p for p in (REPO / "config" / "municipalities").glob("*.toml") if not p.stem.startswith("_")]
    words = {p.stem for p in profiles}
    for profile in profiles:
        content = tomllib.loads(profile.read_text(encoding="utf-8"))
        name = str(content["office"]["name"]["value"]).removesuffix(" kommune")
        words |= {name, name.replace("ø", "o").replace("Ø", "O")}
    pattern = re.compile("|".join(rf"\b{re.escape(word)}\b" for word in words), re.IGNORECASE)
    found = [f"{p.name}: {m[0]}" for p in MODULES for m in pattern.finditer(p.read_text(encoding="utf-8"))]
    assert found == []


def test_no_paragraph_number_stands_in_the_code() -> None:
    found = []
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            docs = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
            if docs:
                node.value.value = ""  # a docstring may name its source
        tree = ast.parse(path.read_text(encoding="utf-8"))
        strings = {
            id(n.value)
            for n in ast.walk(tree)
            if isinstance(n, ast.Expr) and isinstance(n.value, ast.Constant)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in strings:
                found += [f"{path.name}: {node.value}" for _ in re.findall(r"§\s*\d", node.value)]
    assert found == []


@pytest.mark.parametrize(
    "name",
    ["data/register.db", "inbox/melding.docx", "inbox/.claimed/a/b", "outbox/1.docx", "put-aside/D1/x"],
)
def test_what_a_run_writes_is_ignored(name: str) -> None:
    assert subprocess.run(["git", "check-ignore", "-q", name], cwd=REPO, check=False).returncode == 0


def test_the_lock_has_hashes_and_no_addresses() -> None:
    text = (REPO / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in text
    pins = re.findall(r"^[A-Za-z0-9._\[\]-]+==", text, re.MULTILINE)
    assert len(pins) > 40
    assert text.count("--hash=sha256:") >= len(pins)


def test_no_committed_text_names_this_machine_or_an_index() -> None:
    hosts = ["python" + "hosted", "pypi" + ".org", "npm" + "js", "deb." + "debian"]
    places = ["/" + "work/", "/" + "root/"]
    wrong = []
    for path in tracked():
        if path.suffix not in {".py", ".toml", ".md", ".sh", ".txt", ".csv", ""} or not path.is_file():
            continue
        text = path.read_text(encoding="utf-8", errors="ignore")
        wrong += [f"{path.name}: {word}" for word in hosts + places if word in text]
    assert wrong == []


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((REPO / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    reasons = (REPO / "docs" / "dependencies.md").read_text(encoding="utf-8")
    for requirement in wanted:
        name = re.split(r"[\[<>=]", requirement)[0]
        assert f"`{name}`" in reasons, name
