"""Shipped declarations with one typo each, and what Guichet says of them."""

from __future__ import annotations

import random
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from guichet.demo.recipes import FILE, check_recipe
from guichet.errors import Problem, ProblemsFound, hint, sentence
from guichet.loader.declaration import plain
from guichet.loader.library import Library, survey_library
from guichet.loader.reader import Files, Node, Scalar, read_text
from guichet.loader.territories import load_regions
from guichet.services.checking import check
from guichet.settings import shipped_folder
from shipped_plugins import shipped_plugins

SCHEMES, REGIONS = shipped_folder("schemes"), shipped_folder("regions")
ROOT = SCHEMES.parent

_WORD = re.compile(r"[^\W\d]\w{3,}")
_KEY = re.compile(r"^(?P<lead>\s*(?:- )?)(?P<key>[^\W\d][\w.-]*)(?=:(?: |$))")
_INNER_KEY = re.compile(r"[{,] ?(?P<key>[^\W\d]\w{2,})(?=: )")
_EXPRESSION = re.compile(r"^\s*(?:- )?(?:when|asked_when|if|then|else|always|value|of|below|up_to): ")
_NAMING = re.compile(
    r"^\s*(?:- )?(?:use|plugin|type|one_per|across|body|needs|not_by_author_of|issued_by|checked_by|attested|act"
    r"|form|means|competence|judged_on|kind|language|when_spent|when_unavailable|like|renderer|region|tribunal"
    r"|time_zone|title_from|iban|bic|outcome|key|zone): ?"
)
_PROSE = re.compile(
    r"^\s*(?:- )?(?:label|title|help|intro|what|who|amount|prepare|otherwise|legal|text|basis|hint|note|reason|gracious"
    r"|unverified|\w+_texte): (?![\d ]+(?:[.,]\d+)? (?:€|%)$)"
)
_NO_UNIT = re.compile(r"(?<=[^\d ]) [€%a-z]")  # a unit follows a number; a word that looks like one does not
_PROSE_INSIDE = re.compile(r'\b(?:label|title|text|note|hint|unverified): (?:"[^"]*"|[^,{}]*)')
_QUOTED_NAME = re.compile(r"\{([^\W\d][\w.]{3,})\}")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_CODE = re.compile(r"\b(?:reg|dep)-\w\w+|\b\d{5,14}\b|\b[A-Z]{2}\d{2}\d{10,}\b|(?<=\")\d\d(?:\.\d\d)?[A-Z]?(?=\")")
_UNITS = (
    (" €", " e"), (" %", " °"), (" days", " dys"), (" months", " mnths"), (" years", " yers"), (" day", " dya"),
    (" jours", " jous"), (" mois", " moi"),
)  # fmt: skip
_OPERATORS = {">=": "=>", "<=": "=<", " < ": " << ", " > ": " >> ", " = ": " == ", " + ": " ++ ", " - ": " -- ",
              " et ": " e ", " ou ": " o ", "non ": "nom ", " dans ": " dan ", "abs(": "asb(", "min(": "mni(",
              "max(": "mxa("}  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """One file with one typo."""

    path: Path
    line: int
    kind: str
    before: str
    after: str
    text: str

    @property
    def name(self) -> str:
        """The file as messages show it."""
        return self.path.relative_to(ROOT).as_posix()


@dataclass(frozen=True)
class Verdict:
    """What became of a mutant: refused or warned `here`, `elsewhere`, by an `example`, or it `survives`; `same` says
    nothing else than the file it was made of."""

    mutant: Mutant
    how: str
    said: str = ""


class MutatedFiles(Files):
    """The shipped files, one of them replaced; the trees of the others are read once."""

    def __init__(self) -> None:
        self.path: Path | None = None
        self.text: str | bytes = ""
        self._trees: dict[Path, Node] = {}
        self._verbatim: dict[Path, Scalar] = {}

    def node(self, path: Path, shown_as: str) -> Node:
        """The tree of a file, the replaced one's from its new text."""
        if path == self.path:
            return read_text(self.text, shown_as)
        if path not in self._trees:
            self._trees[path] = super().node(path, shown_as)
        return self._trees[path]

    def verbatim(self, path: Path, shown_as: str) -> Scalar:
        """A text, read once."""
        if path not in self._verbatim:
            self._verbatim[path] = super().verbatim(path, shown_as)
        return self._verbatim[path]


class Trial:
    """Tries mutants on the shipped declarations."""

    def __init__(self) -> None:
        self.files = MutatedFiles()
        self.plugins = shipped_plugins()
        self.regions = load_regions([REGIONS], self.files)
        folders = sorted(path.parent for path in SCHEMES.glob("*/scheme.yaml"))
        self.texts = {
            folder: "\n".join(path.read_text("utf-8") for path in folder.rglob("*.yaml")) for folder in folders
        }

    def judge(self, mutant: Mutant) -> Verdict:
        """What Guichet says of one mutant."""
        problems = self.problems(mutant.path, mutant.text)
        here = [one for one in problems if one.position and _is_here(one, mutant)]
        if here:
            return Verdict(mutant, "here", here[0].code)
        by_example = [one for one in problems if one.code == "example_differs"]
        if by_example:
            return Verdict(mutant, "example", str(by_example[0].path[1:2]))
        if problems:
            return Verdict(mutant, "elsewhere", _told(problems[0]))
        return Verdict(mutant, "same" if self._says_the_same(mutant) else "survives")

    def _says_the_same(self, mutant: Mutant) -> bool:
        before = plain(self.files.node(mutant.path, mutant.name))
        return plain(read_text(mutant.text, mutant.name)) == before

    def problems(self, path: Path, text: str | bytes) -> list[Problem]:
        """Every problem once a file has another text; none when the file says the same."""
        self.files.path, self.files.text = path, text
        try:
            for names in self._concerned(path):
                library = self._library(path, names)
                found = list(check(library, names or None).problems)
                sound = not any(one.severity == "error" for one in found)
                found += [
                    one
                    for name in names
                    if sound and (library.source(name).folder / FILE).is_file()
                    for one in check_recipe(library, name, self.files)
                ]
                found = [one for one in found if one.code != "issuer_missing_somewhere"]
                if found:
                    return found
        except ProblemsFound as error:
            return list(error.problems)
        finally:
            self.files.path = None
        return []

    def _concerned(self, path: Path) -> list[list[str]]:
        if path.is_relative_to(REGIONS):
            return [[]]
        if path.parent.name == "_blocks":
            return [[folder.name] for folder, text in self.texts.items() if re.search(rf"\b{path.stem}\b", text)]
        folder = next(folder for folder in self.texts if path.is_relative_to(folder))
        return [[folder.name]]

    def _library(self, path: Path, names: list[str]) -> Library:
        regions = load_regions([REGIONS], self.files) if path.is_relative_to(REGIONS) else self.regions
        return survey_library(
            [SCHEMES], [REGIONS], self.plugins, shown_from=ROOT, only=names, files=self.files, regions=regions
        )


LISTED = Path(__file__).parents[1] / "bench/survivors.toml"
"""Each value that may be typed otherwise without anything telling it at its line, with its own sentence."""


def _told(problem: Problem) -> str:
    where = problem.position
    return f"{problem.code} {where.file}:{where.line}" if where else problem.code


def reason_of(mutant: Mutant) -> str:
    """Why a typo of this very value can pass; empty when nothing excuses it."""
    return _listed().get(mutant.name, {}).get(mutant.before, "")


@cache
def _listed() -> dict[str, dict[str, str]]:
    return tomllib.loads(LISTED.read_text("utf-8"))


def _text(path: Path) -> str:
    return path.read_text("utf-8")


def _is_here(problem: Problem, mutant: Mutant) -> bool:
    """Whether a problem points at the line of the typo, which a block of text starts a few lines above."""
    position = problem.position
    assert position is not None
    named = problem.data.get("line") == mutant.line  # an indentation is wrong next to another line, which is named
    if position.file == mutant.name and (position.line == mutant.line or named):
        return True
    said = f"{sentence(problem.code, problem.data, 'fr')} {hint(problem.code, problem.data, 'fr')}"
    guessed = mutant.kind == "key" and f'vouliez-vous dire "{mutant.after}" ?' in said
    return guessed or f"{mutant.name}:{mutant.line}:" in said  # the message names the line, with its file


def shipped_files() -> list[Path]:
    """Every shipped YAML file."""
    return sorted([*SCHEMES.rglob("*.yaml"), *REGIONS.rglob("*.yaml")])


def mutants_of(path: Path, chance: random.Random) -> list[Mutant]:
    """Every typo of every kind, one at a time."""
    lines = path.read_text("utf-8").split("\n")
    words = Counter(re.findall(r"\w+", path.read_text("utf-8")))
    around = Counter(word for each in _beside(path) for word in re.findall(r"\w+", each.read_text("utf-8")))
    referred = {word for word in words if words[word] + around[word] > 1}
    found: list[Mutant] = []
    inside_text = -1
    for number, line in enumerate(lines, 1):
        bare = line.split(" #")[0].rstrip()
        indent = len(line) - len(line.lstrip())
        if inside_text >= 0 and (not bare.strip() or indent > inside_text):
            typos = list(_quoted(bare, chance))
        elif not bare.strip() or bare.lstrip().startswith("#"):
            continue
        else:
            inside_text = indent if re.search(r": [|>][+-]?$", bare) else -1
            typos = list(_typos(bare, referred, chance))
        for kind, before, after, changed in typos:
            if changed != bare:
                text = "\n".join([*lines[: number - 1], changed + line[len(bare) :], *lines[number:]])
                found.append(Mutant(path, number, kind, before, after, text))
    return found


def _beside(path: Path) -> list[Path]:
    """The files that may name what this one declares."""
    if path.is_relative_to(REGIONS):
        return [each for each in REGIONS.glob("_*.yaml") if each != path]
    if path.parent.name == "_blocks":
        return [each for each in SCHEMES.rglob("*.yaml") if each != path]
    folder = next(each for each in path.parents if (each / "scheme.yaml").exists())
    return [
        each
        for each in (*folder.rglob("*.yaml"), *folder.rglob("*.md"), *(SCHEMES / "_blocks").glob("*.yaml"))
        if each != path
    ]


Typo = tuple[str, str, str, str]


def _typos(line: str, referred: set[str], chance: random.Random) -> Iterator[Typo]:
    yield from _keys(line, referred, chance)
    value_at = line.find(": ") + 2 if ": " in line else len(line) - len(line.lstrip(" -"))
    if _EXPRESSION.match(line):
        yield from _words(line, value_at, referred, chance, "name")
        for operator, typo in _OPERATORS.items():
            yield from _one(line, operator, typo, "operator", value_at)
        for operator in (">=", "<="):
            yield from _one(line, operator, operator[0], "operator", value_at)
    elif _NAMING.match(line):
        yield from _words(
            line, value_at, None, chance, "name", _PROSE_INSIDE.sub(lambda text: "." * len(text[0]), line)
        )
    dotted = _PROSE_INSIDE.sub(lambda prose: "." * len(prose[0]), line)
    for unit, typo in () if _PROSE.match(line) else _UNITS:
        yield from _one(line, unit, typo, "unit", value_at, _NO_UNIT.sub("..", dotted))
    for place in [at for at, char in enumerate(line) if char == '"'][:2]:
        yield "quote", '"', "", line[:place] + line[place + 1 :]
    indent = len(line) - len(line.lstrip())
    yield "indentation", "", " ", f" {line}"
    if indent:
        yield "indentation", " ", "", line[1:]
    for match in _DATE.finditer(line):
        day = match[0]
        for typo in (
            f"{day[:5]}{day[6]}{day[5]}{day[7:]}",
            f"{day[:8]}{day[9]}{day[8]}",
            f"{day[0]}{day[2]}{day[1]}{day[3:]}",
        ):
            yield "date", day, typo, line[: match.start()] + typo + line[match.end() :]
    for match in () if line.startswith("seed: ") else _CODE.finditer(line):  # a seed draws, it names nothing
        if not _DATE.search(line[max(0, match.start() - 5) : match.end() + 3]):
            typo = _swapped(match[0], chance)
            yield "code", match[0], typo, line[: match.start()] + typo + line[match.end() :]


def _quoted(line: str, chance: random.Random) -> Iterator[Typo]:
    for match in _QUOTED_NAME.finditer(line):
        typo = _misspelt(match[1], chance)
        yield "name", match[1], typo, line[: match.start(1)] + typo + line[match.end(1) :]


def _keys(line: str, referred: set[str], chance: random.Random) -> Iterator[Typo]:
    for match in [*_KEY.finditer(line), *_INNER_KEY.finditer(line)]:
        key = match["key"]
        if len(key) > 2 and key in referred and not _DATE.match(key):
            typo = _misspelt(key, chance)
            yield "key", key, typo, line[: match.start("key")] + typo + line[match.end("key") :]


def _words(
    line: str, start: int, among: set[str] | None, chance: random.Random, kind: str, within: str = ""
) -> Iterator[Typo]:
    for match in _WORD.finditer(within or line, start):
        if among is None or match[0] in among:
            typo = _misspelt(match[0], chance)
            yield kind, match[0], typo, line[: match.start()] + typo + line[match.end() :]


def _one(line: str, what: str, typo: str, kind: str, start: int, within: str = "") -> Iterator[Typo]:
    """One sign exchanged; looked for in the line, or in a copy of it where what is no sign is dotted out."""
    at = (within or line).find(what, max(start - 1, 0))
    if at >= 0:
        yield kind, what, typo, line[:at] + typo + line[at + len(what) :]


def _misspelt(word: str, chance: random.Random) -> str:
    """A letter left out, doubled, or two changed places."""
    at = chance.randrange(1, len(word) - 1) if len(word) > 2 else 0
    ways: tuple[Callable[[], str], ...] = (
        lambda: word[:at] + word[at + 1 :],
        lambda: word[:at] + word[at] + word[at:],
        lambda: word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    )
    typo = chance.choice(ways)()
    return typo if typo != word else word[:at] + word[at] + word[at:]


def _swapped(code: str, chance: random.Random) -> str:
    """Two neighbours of a code changed places."""
    places = [at for at in range(len(code) - 1) if code[at] != code[at + 1] and "-" not in code[at : at + 2]]
    if not places:
        return code[:-1]
    at = chance.choice(places)
    return code[:at] + code[at + 1] + code[at] + code[at + 2 :]
