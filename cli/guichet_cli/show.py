"""`guichet show`: the effective scheme, each value with the file and line it comes from."""

from __future__ import annotations

from datetime import date

from rich.text import Text as Styled

from guichet.errors import Problem, ProblemsFound
from guichet.loader.reader import Entry, Mapping, Node
from guichet.locale import Text
from guichet_cli import bilingual
from guichet_cli.declarations import library_of
from guichet_cli.declared_text import declared_lines, with_removals
from guichet_cli.terminal import Terminal, pass_terminal
from guichet_cli.values import DAY

__all__ = ["command"]

_ABOUT = Text(
    fr="Montre le dispositif effectif d'un territoire, blocs et héritages résolus, et d'où vient chaque valeur.",
    en="Show the effective scheme of a territory, blocks and inheritance resolved, and where each value comes from.",
)
_SCHEME = Text(fr="Identifiant du dispositif.", en="Id of the scheme.")
_TERRITORY = Text(fr="Territoire, comme reg-53.", en="Territory, such as reg-53.")
_ON = Text(fr="Ne garde que la version des règles en vigueur ce jour.", en="Keep only the rules in force that day.")
_VERSION = Text(
    fr="# règles en vigueur le {on} : version du {version}", en="# rules in force on {on}: version of {version}"
)
_WIDTH = 88


@bilingual.command("show", text=_ABOUT)
@bilingual.argument("scheme", text=_SCHEME)
@bilingual.option("--territory", default="", text=_TERRITORY)
@bilingual.option("--on", type=DAY, default=None, text=_ON)
@pass_terminal
def command(terminal: Terminal, scheme: str, territory: str, on: date | None) -> None:
    """Prints the effective scheme as YAML with the place of each value."""
    library = library_of(terminal)
    where = library.territories.find(territory).id if territory else ""
    effective = library.effective(scheme, where)
    node = effective.node
    if on is not None:
        version = effective.compiled.version_on(on)
        if version is None:
            raise ProblemsFound([Problem("no_version_on", {"day": on, "first": min(effective.scheme.rules)})])
        terminal.say(_VERSION, on=on, version=version.first_day)
        node = _only_version(node, version.first_day.isoformat())
    else:
        node = _whole(node)
    for text, place in declared_lines(node):
        line = Styled(text)
        if place:
            line = Styled.assemble(text.ljust(_WIDTH), "  ", (f"# {place}", "dim"))
        terminal.out.print(line, soft_wrap=True)


def _only_version(node: Node, day: str) -> Node:
    if not isinstance(node, Mapping) or "rules" not in node.entries:
        return node
    rules = node.entries["rules"]
    assert isinstance(rules.value, Mapping)  # noqa: S101  a scheme whose rules are no mapping was refused before
    kept = Mapping({day: rules.value.entries[day]}, rules.value.position)
    return Mapping({**node.entries, "rules": Entry(rules.key, kept)}, node.position)


def _whole(node: Node) -> Node:
    """The tree as it may be read again: every version complete, and said so."""
    rules = node.entries.get("rules") if isinstance(node, Mapping) else None
    if rules is None or not isinstance(node, Mapping) or not isinstance(rules.value, Mapping):
        return node
    return Mapping({**node.entries, "rules": Entry(rules.key, with_removals(rules.value))}, node.position)
