"""The first files of a plugin: small examples that pass their contract suites, to be changed into one's own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Template

from guichet.errors import Problem, ProblemsFound, nearest
from guichet.plugin.registry import FAMILIES

__all__ = ["SKELETONS", "VARIANTS", "PluginFiles", "plan_plugin", "write_plugin"]

SKELETONS = Path(__file__).parent / "skeletons"

_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", re.ASCII)
_OBJECTS = {"rule_functions": "$constant", "commands": "$name"}
"""What the module of a family holds; a class named after the plugin where nothing is said."""


VARIANTS = {"fetched_lists": "list_sources"}
"""Other beginnings of a family: a list that a service keeps."""


@dataclass(frozen=True, slots=True)
class PluginFiles:
    """A plugin about to be written: its folder, and the text of each file by path inside it."""

    folder: Path
    files: Mapping[str, str]


def plan_plugin(name: str, hooks: Sequence[str], into: Path) -> PluginFiles:
    """Give the files of a new plugin.

    Args:
        name: Words in lower case joined by hyphens, with or without `guichet-` in front.
        hooks: Names of hooks, with or without `register_` in front.

    Raises:
        ProblemsFound: The name will not do, a hook does not exist, or the folder already holds something.
    """
    plain = name.removeprefix("guichet-")
    families = list(dict.fromkeys(hook.removeprefix("register_") for hook in hooks))
    folder = into / f"guichet-{plain}"
    problems = [*_hook_problems(families)]
    if not _NAME.fullmatch(plain):
        problems.append(Problem("plugin.bad_name", {"name": name, "nearest": _repaired(plain)}))
    elif folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        problems.append(Problem("plugin.folder_taken", {"folder": folder}))
    if problems:
        raise ProblemsFound(problems)
    return PluginFiles(folder, _files(plain, families))


def write_plugin(planned: PluginFiles) -> list[Path]:
    """Write the files and give their paths."""
    paths: list[Path] = []
    for name, text in planned.files.items():
        path = planned.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    return paths


def _files(plain: str, families: Sequence[str]) -> dict[str, str]:
    name = plain.replace("-", "_")
    package = f"guichet_{name}"
    hooks = [f"`register_{VARIANTS.get(family, family)}`" for family in families]
    words = {
        "name": name,
        "command": plain,
        "package": package,
        "distribution": f"guichet-{plain}",
        "title": "".join(word.title() for word in plain.split("-")),
        "constant": name.upper(),
        "hooks": ", ".join(hooks),
        "files": "\n".join(
            f"| `{package}/{family}.py` | what it gives to {hook}; its test: `tests/test_{name}_{family}.py` |"
            for family, hook in zip(families, hooks, strict=True)
        ),
    }
    files = {
        "pyproject.toml": _filled("pyproject.toml", words),
        "README.md": _filled("README.md", words),
        f"{package}/__init__.py": _registration(package, families, words),
    }
    for family in families:
        files[f"{package}/{family}.py"] = _filled(f"{family}.py", words)
        files[f"tests/test_{name}_{family}.py"] = _filled(f"test_{family}.py", words)
    return files


def _registration(package: str, families: Sequence[str], words: Mapping[str, str]) -> str:
    """The module that Guichet loads: one marked function a hook."""
    objects = {family: Template(_OBJECTS.get(family, "$title")).substitute(words) for family in families}
    imports = [f"from {package}.{family} import {given}" for family, given in sorted(objects.items())]
    if len(set(objects.values())) < len(objects):  # several classes of one name: told apart by their module
        modules = "".join(f"\n    {family}," for family in sorted(objects))
        imports = [f"from {package} import ({modules}\n)"]
        objects = {family: f"{family}.{given}" for family, given in objects.items()}
    hooks = [_hook(family, given) for family, given in objects.items()]
    head = f'"""What {words["distribution"]} gives to Guichet: each hook is called once, at start."""\n'
    return "\n".join([head, "from guichet import hookimpl\n", *imports, "\n".join(["", *hooks])])


def _hook(family: str, given: str) -> str:
    made = given if family in _OBJECTS else f"{given}()"
    head = f"\n@hookimpl\ndef register_{VARIANTS.get(family, family)}() -> list[object]:"
    return f'{head}\n    """Give it to Guichet."""\n    return [{made}]\n'


def _filled(name: str, words: Mapping[str, str]) -> str:
    template = (SKELETONS / f"{name}.tmpl").read_text(encoding="utf-8")
    return Template(template).substitute(words)


def _hook_problems(families: Sequence[str]) -> list[Problem]:
    known = [*(family.name for family in FAMILIES), *VARIANTS]
    if {*VARIANTS} & {*families} and {*VARIANTS.values()} & {*families}:
        return [Problem("plugin.one_list", {})]
    return [
        Problem(
            "plugin.no_such_hook",
            {"hook": family, "nearest": nearest(family, known) or "", "hooks": ", ".join(known)},
        )
        for family in families
        if family not in known
    ]


def _repaired(name: str) -> str:
    """A name near the one given that would do; empty when there is none."""
    guess = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    return guess if _NAME.fullmatch(guess) else ""
