"""The generated part of each hook's page: exact signatures and the first words of docstrings.

`python tests/support/hook_pages.py` writes them again after a contract has changed.
"""

from __future__ import annotations

import dataclasses
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import guichet
from guichet import testing
from guichet.language.declarations import Signature
from guichet.plugin import contracts, hookspecs
from guichet.plugin.registry import FAMILIES, Family
from guichet.testing.skeleton import VARIANTS, plan_plugin

PAGES = Path(__file__).parents[2] / "core/docs/reference/hooks"
START = "<!-- generated from the code: python tests/support/hook_pages.py -->"
EXAMPLE = "guichet_our_example"
"""The package of the worked examples; of a name by which its lines stand as our formatter lays them."""
END = "<!-- end of the generated part -->"

# hook → the frozen values its methods take and give
VALUES: dict[str, tuple[type, ...]] = {
    "register_rule_functions": (Signature,),
    "register_field_types": (contracts.UploadedFile, contracts.StoredFile, contracts.Choice, contracts.Column),
    "register_data": (contracts.DataTable, contracts.TableVersion),
    "register_list_sources": (contracts.ListRow, contracts.RejectedRow, contracts.ListPage),
    "register_prefill_sources": (
        contracts.PrefillItem,
        contracts.Given,
        contracts.GivenFile,
        contracts.NotKnown,
        contracts.Silent,
        contracts.Match,
    ),
    "register_payment_writers": (
        contracts.PaymentOrder,
        contracts.Act,
        contracts.BatchHeader,
        contracts.PaymentFile,
        contracts.Totals,
    ),
    "register_return_readers": (contracts.ReturnLine, contracts.RejectedRow),
    "register_deliveries": (contracts.OutgoingFile, contracts.Delivered),
    "register_write_backs": (contracts.DecisionTold, contracts.WrittenBack),
    "register_notification_channels": (contracts.Message, contracts.Attached, contracts.Sent),
    "register_identity_providers": (contracts.Door, contracts.Attempt, contracts.Identity),
    "register_document_renderers": (contracts.Letter, contracts.Sender, contracts.Signatory),
    "register_exporters": (contracts.ExportColumn,),
    "register_screens": (
        contracts.ScreenAsked,
        contracts.DossierSeen,
        contracts.ServiceSeen,
        contracts.CallSeen,
        contracts.WorkerSeen,
        contracts.DutySeen,
        contracts.ScreenContent,
        contracts.ScreenTable,
        contracts.ScreenFacts,
        contracts.ScreenFigures,
        contracts.ScreenFact,
        contracts.ScreenNote,
        contracts.DossierLink,
    ),
    "register_commands": (),
}

SHARED_PAGE = PAGES / "shared.md"
SHARED = (guichet.Context, guichet.Call, guichet.Reply, guichet.Pace, guichet.Reason)
"""What plugins of every kind are given or make."""
_PUBLIC = cast("list[str]", guichet.__all__)

# hook → contracts nearer to one use, which build on the hook's own
NEARER: dict[str, tuple[tuple[str, type], ...]] = {
    "register_field_types": (("For one text", contracts.TextFieldType),),
    "register_list_sources": (("For a list that a service keeps", contracts.FetchedList),),
}


_FAILURE = (
    "Anything else it raises is a failure: counted under the plugin's name, with the file and the line, and after"
    " five in a row the plugin is [set aside](../../explanation/when-a-plugin-fails.md)."
)
SAYS_NO_APART = {
    "register_rule_functions": "Nothing on purpose: it gives `None` where it cannot tell, and rules see the value as"
    f" unknown. {_FAILURE}",
    "register_data": "Nothing on purpose: what a table does not hold is unknown. A row of another type than its"
    f" column is a failure of the rule that reads it. {_FAILURE}",
    "register_exporters": "Nothing on purpose: any cell can be written, as text where it is nothing better."
    f" {_FAILURE}",
    "register_commands": "`click.ClickException` tells what to mend, with exit code 1; `click.UsageError` what was"
    " typed wrongly, with exit code 2. Anything else ends the command by the plugin's name, with the file and the"
    " line.",
}
"""What is said of hooks that say no in a way of their own."""


def page_of(family: Family) -> Path:
    """Give the page of a hook."""
    return PAGES / f"{family.hook}.md"


def signature_of(function: Any) -> str:
    """Give a function's name, arguments and result as its source writes them."""
    found = inspect.signature(function)
    arguments = [_argument(parameter) for parameter in found.parameters.values()]
    given = found.return_annotation
    return f"{function.__name__}({', '.join(arguments)})" + (f" -> {given}" if given else "")


def generated(family: Family) -> str:
    """Give the generated part of a hook's page."""
    hook = getattr(hookspecs, family.hook)
    lines = [START, "", f"## `{signature_of(hook)}`", "", inspect.getdoc(hook) or "", ""]
    if issubclass(family.kind, contracts.Contract):
        lines += [f"## The contract: `{family.kind.__name__}`", "", *_contract(family.kind), ""]
    for title, kind in NEARER.get(family.hook, ()):
        lines += [f"## {title}: `{kind.__name__}`", "", *_contract(kind), ""]
    for value in VALUES[family.hook]:
        lines += [f"### `{value.__name__}`", "", *_value(value), ""]
    lines += ["## What it raises", "", *_raised(family), ""]
    for begun in (family.name, *(name for name, of in VARIANTS.items() if of == family.name)):
        lines += [*_example(begun), ""]
    return "\n".join([*lines, END])


def _raised(family: Family) -> Iterator[str]:
    """What the methods of a hook raise on purpose, from their docstrings."""
    kinds = (family.kind, *(kind for _, kind in NEARER.get(family.hook, ())))
    methods = [(name, one) for kind in kinds for name, one in vars(kind).items() if inspect.isfunction(one)]
    told = [(name, error, when) for name, method in methods for error, when in _raises(method)]
    if told:
        yield "| method | raises | when |"
        yield "| --- | --- | --- |"
        yield from (f"| `{name}` | `{error}` | {_in_table(when)} |" for name, error, when in dict.fromkeys(told))
        yield ""
    yield SAYS_NO_APART.get(family.hook, _FAILURE)


def _raises(method: Any) -> Iterator[tuple[str, str]]:
    _, _, section = (inspect.getdoc(method) or "").partition("Raises:\n")
    for names, when in re.findall(r"^ {4}([\w, ]+): (.+(?:\n {8}.+)*)", section, re.MULTILINE):
        yield from ((name.strip(), _on_one_line(when)) for name in names.split(","))


def _example(family: str) -> Iterator[str]:
    """The first files of a plugin of this kind: its contract suite is run on them by tests/unit/testing."""
    files = plan_plugin("our-example", [family], Path()).files
    yield "## A worked example" + (": a list that a service keeps" if family in VARIANTS else "")
    yield ""
    yield f"`guichet new plugin our-example --hook {family}` writes these files, which pass their suite as they are."
    for name in (f"{EXAMPLE}/{family}.py", f"{EXAMPLE}/__init__.py", f"tests/test_our_example_{family}.py"):
        yield from ("", f"`{name}`", "", "```python", files[name].rstrip(), "```")


def _contract(kind: type) -> Iterator[str]:
    yield _paragraph(kind)
    yield ""
    yield "| write | it |"
    yield "| --- | --- |"
    if contracts.Contract in kind.__bases__:
        yield "| `key: str` | names the object in declarations; unique in its family |"
        yield "| `Options: type[Options]` | the model of its options; `NoOptions` when there are none |"
    for name, annotation in vars(kind).get("__annotations__", {}).items():
        given = vars(kind).get(name)
        said = given.__name__ if isinstance(given, type) else repr(given)
        default = f"{said} unless said otherwise" if name in vars(kind) else "to be given"
        yield f"| `{name}: {annotation}` | {default} |"
    for name, method in vars(kind).items():
        if inspect.isfunction(method) and not name.startswith("_"):
            first = _first_sentence(method)
            needed = "" if getattr(method, "__isabstractmethod__", False) else " *(has a default)*"
            yield f"| `{_in_table(signature_of(method))}` | {_in_table(_lowered(first))}{needed} |"


def _value(value: type) -> Iterator[str]:
    yield _paragraph(value)
    yield ""
    names = [f"{one.name}: {one.type}" + _default(one) for one in dataclasses.fields(value)]
    yield "```python"
    yield f"{value.__name__}("
    yield from (f"    {name}," for name in names)
    yield ")"
    yield "```"
    notes = re.findall(r"^ {4}(\w+): (.+(?:\n {8}.+)*)", inspect.getdoc(value) or "", re.MULTILINE)
    if notes:
        yield ""
        yield from (f"- `{name}`: {_on_one_line(note)}" for name, note in notes)


def shared() -> str:
    """Give the generated part of the page of what every hook shares: values, readers, suites."""
    lines = [START, "", "## Values", ""]
    for value in SHARED:
        lines += [f"### `{value.__name__}`", "", *_value(value), "", *_methods_of(value)]
    lines += ["## Readers", "", "Each reads one text strictly, and raises `Invalid` with a sentence.", ""]
    public = (getattr(guichet, name) for name in sorted(_PUBLIC) if name.startswith("read_"))
    lines += [f"- `{signature_of(one)}`: {_lowered(_first_sentence(one))}." for one in public]
    lines += ["", "## Suites and what they are given", "", "All of them from `guichet.testing`.", ""]
    for _, one in inspect.getmembers(testing, inspect.isfunction):
        if one.__name__ in testing.__all__:
            lines += [f"### `{signature_of(one)}`", "", *_told_of(one), ""]
    return "\n".join([*lines, END])


def _methods_of(value: type) -> Iterator[str]:
    """What a value does, beside what it holds."""
    found = [one for name, one in vars(value).items() if inspect.isfunction(one) and not name.startswith("_")]
    if found:
        yield from (f"- `{signature_of(one)}`: {_lowered(_first_sentence(one))}." for one in found)
        yield ""


def _told_of(function: Any) -> Iterator[str]:
    """The first sentence of a function, then what each argument is."""
    yield _first_sentence(function)
    _, _, section = (inspect.getdoc(function) or "").partition("Args:\n")
    notes = re.findall(r"^ {4}(\w+): (.+(?:\n {8}.+)*)", section, re.MULTILINE)
    if notes:
        yield ""
        yield from (f"- `{name}`: {_on_one_line(note)}" for name, note in notes)


def _argument(parameter: inspect.Parameter) -> str:
    if parameter.name == "self":
        return "self"
    default = "" if parameter.default is inspect.Parameter.empty else f" = {_shown(parameter.default)}"
    stars = "**" if parameter.kind is inspect.Parameter.VAR_KEYWORD else ""
    return f"{stars}{parameter.name}: {parameter.annotation}{default}"


def _shown(default: object) -> str:
    return "…" if inspect.isfunction(default) else repr(default)


def _default(one: dataclasses.Field[Any]) -> str:
    if one.default is not dataclasses.MISSING:
        return f" = {one.default!r}"
    return "" if one.default_factory is dataclasses.MISSING else " = …"


def _paragraph(thing: Any) -> str:
    return _on_one_line((inspect.getdoc(thing) or "").split("\n\nArgs:")[0])


def _first_sentence(thing: Any) -> str:
    return _on_one_line((inspect.getdoc(thing) or "").split("\n\n")[0])


def _on_one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _lowered(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:].rstrip(".")


def _in_table(text: str) -> str:
    return text.replace("|", "\\|")


def main() -> None:
    """Write the generated part of every page again."""
    for page, part in ((SHARED_PAGE, shared()), *((page_of(family), generated(family)) for family in FAMILIES)):
        text = page.read_text(encoding="utf-8")
        start, end = text.index(START), text.index(END) + len(END)
        page.write_text(text[:start] + part + text[end:], encoding="utf-8")


if __name__ == "__main__":
    main()
