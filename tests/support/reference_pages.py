"""The generated parts of the reference: what the code says of its keys, words, messages and commands.

`python tests/support/reference_pages.py` writes them again after a model, a plugin, a message or a command has changed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from pydantic import BaseModel

from guichet.errors.catalogue import areas
from guichet.loader.blocks import BlockHead
from guichet.model.code_lists import CodeList
from guichet.model.examples import Examples
from guichet.model.form import Field
from guichet.model.instance import InstanceFile
from guichet.model.payment import Envelope, Payee, Payment, PluginUse
from guichet.model.prefills import Prefill
from guichet.model.repayments import Repayment
from guichet.model.rules import Branch, Criterion, DatedValue, Gate, Indicator, Parameter, Part, RuleVersion
from guichet.model.scales import Bracket, Scale
from guichet.model.scheme import ReferenceList, Scheme
from message_pages import code_page, codes
from reference_api import http_api
from reference_commands import COMMANDS, command, of_plugins, table
from reference_models import keys_table, models_by_path, paragraph, words_of
from reference_plugins import families, field_types, prefill_sources
from reference_rules import rule_language
from reference_texts import AREAS, messages, placeholders

REFERENCE = Path(__file__).parents[2] / "core/docs/reference"
START = "<!-- generated from the code: python tests/support/reference_pages.py -->"
END = "<!-- end of the generated part -->"

# Keys whose table would only say that they hold the plugin's own: said on its page.
_GATHERED = {Field: frozenset({"options"}), ReferenceList: frozenset({"options"}), Prefill: frozenset({"options"})}

_APART: dict[str, tuple[type[BaseModel], ...]] = {
    "payment-yaml.md": (Payment, Payee, PluginUse, Envelope),
    "rules-yaml.md": (
        RuleVersion, Criterion, Gate, Indicator, Branch, Scale, Bracket, Part, Repayment, Parameter, DatedValue,
        CodeList,
    ),
}  # fmt: skip
"""The page of some models below a scheme, where it is not the scheme's own."""

_LINK = re.compile(r"\(#([a-z-]+)\)")


def scheme_yaml(page: str = "scheme-yaml.md") -> Iterator[str]:
    """Yields a section for each model below a scheme that is on a page, with links to those on the others."""
    homes = {model: name for name, models in _APART.items() for model in models}
    anchors = {words_of(model.__name__).replace(" ", "-"): homes.get(model) for model in models_by_path(Scheme)}

    def linked(found: re.Match[str]) -> str:
        home = anchors.get(found[1]) or "scheme-yaml.md"
        return found[0] if home == page or found[1] not in anchors else f"({home}#{found[1]})"

    for model, paths in models_by_path(Scheme).items():
        if homes.get(model, "scheme-yaml.md") == page:
            yield from (_LINK.sub(linked, line) for line in _section(model, *paths))


def other_files() -> Iterator[str]:
    """Yields what examples and blocks hold."""
    for model, paths in models_by_path(Examples).items():
        yield from _section(model, *(paths if paths != [""] else ["examples.yaml"]))
    yield from _section(BlockHead, "schemes/_blocks/‹id›.yaml")
    yield from ["`content` is the mapping it brings, under any name a scheme gives it.", ""]


def instance_yaml() -> Iterator[str]:
    """Yield what the file of an installation holds."""
    for model, paths in models_by_path(InstanceFile).items():
        yield from _section(model, *(paths if paths != [""] else []))


def _section(model: type[BaseModel], *paths: str) -> Iterator[str]:
    places = ", ".join(f"`{path}`" for path in paths if path)
    yield from [f"## {words_of(model.__name__).capitalize()}", ""]
    yield from [f"At {places}. {paragraph(model)}" if places else paragraph(model), ""]
    yield from keys_table(model, without=_GATHERED.get(model, frozenset()))
    yield ""


PAGES: dict[str, Callable[[], Iterator[str]]] = {
    "scheme-yaml.md": scheme_yaml,
    **{page: lambda page=page: scheme_yaml(page) for page in _APART},
    "other-files.md": other_files,
    "instance-yaml.md": instance_yaml,
    "field-types.md": field_types,
    "plugins.md": families,
    "prefill-sources.md": prefill_sources,
    "rule-language.md": rule_language,
    "placeholders.md": placeholders,
    "http-api.md": http_api,
    "commands.md": table,
    **{f"commands/{name}.md": lambda name=name: command(name) for name in COMMANDS},
    "commands/of-plugins.md": of_plugins,
    **{f"messages/{area}.md": lambda area=area: messages(area) for area in areas()},
    **{f"messages/{code}.md": lambda code=code: code_page(code) for code in codes()},
}
"""Page → what makes its generated part."""


def generated(page: str) -> str:
    """The generated part of a page, its marks included."""
    lines = [START, "", *PAGES[page](), END]
    return "\n".join(line for place, line in enumerate(lines) if line or lines[place - 1])


def written(page: str) -> str:
    """The generated part that the page holds now; empty for a page that is not there."""
    path = REFERENCE / page
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    return text[text.index(START) : text.index(END) + len(END)] if START in text else ""


def write(page: str) -> None:
    """Write the generated part of a page again; a page of messages or of a command is made whole."""
    path = REFERENCE / page
    if not path.exists() and "/" in page:
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"# {_title(page)}\n\n{START}\n{END}\n", encoding="utf-8")
    text = path.read_text(encoding="utf-8")
    start, end = text.index(START), text.index(END) + len(END)
    path.write_text(text[:start] + generated(page) + text[end:], encoding="utf-8")


def _title(page: str) -> str:
    folder, name = Path(page).parent.name, Path(page).name.removesuffix(".md")
    if folder == "messages":
        return AREAS.get(name) or f"`{name}`"
    return "Commands of plugins" if name == "of-plugins" else f"guichet {name}"


def main() -> None:
    """Write every generated part again."""
    for page in PAGES:
        write(page)


if __name__ == "__main__":
    main()
