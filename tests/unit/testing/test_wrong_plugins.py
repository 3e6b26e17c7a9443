"""Every contract suite sees a wrong plugin: the first files of each hook, with one mistake an author makes, fail it."""

from __future__ import annotations

import importlib
import inspect
import re
import sys
from pathlib import Path

import pytest

from guichet import Options, testing
from guichet.errors import ProblemsFound, render
from guichet.plugin.registry import FAMILIES
from guichet.testing.skeleton import VARIANTS, plan_plugin, write_plugin
from hook_pages import EXAMPLE, PAGES

BEHIND = f"{8 * ' '}from urllib.request import urlopen\n{8 * ' '}"
# hook: (what the first files say, what a mistake makes of it, what the suite says of it)
MISTAKES = {
    "rule_functions": [
        ("return month in SUMMER if 1 <= month <= 12 else None", "return str(month)", "gives '7', not True"),
        ("return month in SUMMER if", "return open('/etc/hostname').read() if", "in a method that is pure"),
        ("def is_in_summer", "async def is_in_summer", '"our_example" is asynchronous, it would never run'),
    ],
    "field_types": [
        ('return f"{found[1]}-{found[2]}"', "return found", "gives <re.Match object"),
        ("Écrivez deux lettres", "Numéro invalide : deux lettres", "blames instead of helping"),
        ('en=f"Write two letters and {options.digits} digits, for example {example}."',
         'en=f"Écrivez deux lettres et {options.digits} chiffres, par exemple {example}."', "in one language only"),
        ("digits: Whole = 6", "digits: int = 6", "a declaration gives text, read it by Whole"),
    ],
    "data": [
        ('2021, 1, 1), "Délibération (à compléter)"', '2021, 1, 1), ""', "nobody says which text sets"),
        ('"b": {"rate": 2}', '"b": {"rate": 2.5}', "2.5 is no integer"),
    ],
    "list_sources": [
        ("enumerate(content, start=1)", "enumerate(content)", "the rows rejected are those of lines"),
        ("        if not values[key]:", "        if False:", "the rows read are"),
    ],
    "fetched_lists": [
        ("raise Unavailable(", "return {'rows': [], 'last': True}\n        raise Unavailable(", "goes unnoticed"),
        ('"" if body["last"] else str(first - 1 + len(rows))', 'cursor or "1"', "comes twice|the cursor moves on"),
        ("token: Secret = ", "token: Text = ", "a secret is marked so, token: Secret"),
        ("        body = context.outside.ask(call, _read)",
         f"{BEHIND}urlopen(f'{{call.url}}?after=0&limit=1').close()\n{8 * ' '}body = context.outside.ask(call, _read)",
         "did not go through context.outside.ask"),
    ],
    "prefill_sources": [
        ("        raise Unavailable(", "        return {'name': NotKnown(PROVIDER)}\n        raise Unavailable(",
         "silence is taken for an answer"),
        ("        found = context.outside.ask(",
         f"{BEHIND}known['siret'] == '55204944776279' and urlopen(url).close()\n{8 * ' '}found = context.outside.ask(",
         "did not go through context.outside.ask"),
        ("if name in wanted}", "}", "what was not asked is not answered"),
    ],
    "payment_writers": [
        ("if order.cents <= 0:", "if False:", "is taken"),
        ("-{header.id}.csv", "-{__import__('time').time_ns()}.csv", "the same batch gives the same bytes"),
        ("{'sandbox-' if header.mode == 'sandbox' else ''}", "", "a file of the sandbox says so in its name"),
    ],
    "return_readers": [
        ("            raise Refused(", "            return\n            raise Refused(", "is taken for a return"),
    ],
    "deliveries": [
        ("if found != file.content:", "if False:", "nothing was refused"),
    ],
    "write_backs": [
        ("if held == decision.outcome:", "if False:", "told again, it is refused"),
        ("        if held:\n", "        if False:\n", "is told"),
    ],
    "notification_channels": [
        ("if not (message.subject.isprintable() and", "if not (True and", "nothing was refused"),
    ],
    "identity_providers": [
        ("if not subject or not compare_digest(", "if False and compare_digest(", "is believed"),
        ('"state": attempt.state, ', "", "could not be told from another"),
    ],
    "document_renderers": [
        ("{context.language}", "fr", "it does not read context.language"),
        ("f\"<p>{escape(text)}</p>\"", "f\"<p>{text}</p>\"", "a text becomes HTML"),
    ],
    "exporters": [
        ('return f"\'{plain}" if', 'return plain if', "acts as a formula"),
    ],
    "screens": [
        ("_WORDS[context.language]", '_WORDS["fr"]', "the same words in both languages"),
    ],
    "commands": [
        ("def $name(", "async def $name(", "is asynchronous, it would never run"),
    ],
}  # fmt: skip
WITHOUT_OPTIONS = ("rule_functions", "data", "commands")
CASES = [(family, *mistake) for family, mistakes in MISTAKES.items() for mistake in mistakes]


@pytest.mark.parametrize(
    ("hook", "shown"), [("rule_functions", "cases"), ("field_types", "good"), ("payment_writers", "hostile")]
)
def test_a_suite_that_is_shown_nothing_says_what_to_show(
    hook: str, shown: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_plugin(planned := plan_plugin("our-example", [hook], tmp_path))
    forget_modules(monkeypatch, planned.folder)
    module = importlib.import_module(f"{EXAMPLE}.{hook}")
    thing = module.OUR_EXAMPLE if hook == "rule_functions" else module.OurExample()
    suite = getattr(testing, f"assert_{hook.removesuffix('s')}")
    with pytest.raises(AssertionError, match="nothing shows"):
        suite(thing, **{shown: []})


def test_every_suite_has_its_mistakes() -> None:
    assert {family.name for family in FAMILIES} <= MISTAKES.keys()


@pytest.mark.parametrize("family", MISTAKES)
def test_the_worked_example_of_a_hooks_page_passes_its_suite(
    family: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (PAGES / f"register_{VARIANTS.get(family, family)}.md").read_text(encoding="utf-8")
    for name, content in re.findall(r"^`([\w/]+\.py)`\n\n```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(content if path.name != "__init__.py" else "", encoding="utf-8")
    assert Options.__name__ in (tmp_path / f"{EXAMPLE}/{family}.py").read_text("utf-8") or family in WITHOUT_OPTIONS
    forget_modules(monkeypatch, tmp_path)
    assert run_tests_of(f"test_our_example_{family}", tmp_path)


@pytest.mark.parametrize(("family", "right", "wrong", "told"), CASES)
def test_a_mistake_fails_the_suite(
    family: str, right: str, wrong: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    planned = plan_plugin("our-example", [family], tmp_path)
    write_plugin(planned)
    module = planned.folder / f"{EXAMPLE}/{family}.py"
    text = module.read_text(encoding="utf-8")
    right, wrong = (part.replace("$name", "our_example") for part in (right, wrong))
    assert right in text
    module.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    forget_modules(monkeypatch, planned.folder)
    with pytest.raises((AssertionError, ProblemsFound)) as failed:
        run_tests_of(f"test_our_example_{family}", tmp_path)

    said = failed.value
    sentence = render(said.problems[0], "en") if isinstance(said, ProblemsFound) else str(said)
    assert re.search(told, sentence), f"{type(said).__name__}: {sentence}"


def forget_modules(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Have the modules of a new plugin imported from a folder."""
    monkeypatch.syspath_prepend(folder)
    monkeypatch.syspath_prepend(folder / "tests")
    for name in [name for name in sys.modules if name.startswith((EXAMPLE, "test_our_example_"))]:
        monkeypatch.delitem(sys.modules, name)


def run_tests_of(module: str, folder: Path) -> list[str]:
    """Run the tests of a new plugin, as its author does, and give their names."""
    names: list[str] = []
    for name, test in inspect.getmembers(importlib.import_module(module), inspect.isfunction):
        if name.startswith("test_"):
            test(*([folder] if inspect.signature(test).parameters else []))
            names.append(name)
    return names
