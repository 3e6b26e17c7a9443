"""A snapshot gives back the very scheme it was made of, in the order it was declared."""

from datetime import date
from pathlib import Path

from declarations import a_library
from guichet.catalogue import compile_scheme, read_snapshot, write_snapshot
from guichet.runtime import read_library
from guichet.settings import Settings
from shipped_plugins import shipped_plugins


def test_a_snapshot_gives_the_scheme_back(tmp_path: Path) -> None:
    scheme = a_library(tmp_path).effective("essai", "dep-74").scheme
    again, territory = read_snapshot(write_snapshot(scheme, "dep-74", {"forms": "1"}).body)
    assert again == scheme
    assert territory == "dep-74"
    assert list(again.fields()) == list(scheme.fields())
    assert list(again.rules[date(2020, 5, 1)].criteria) == ["petit", "annulation"]


def test_the_same_scheme_has_the_same_hash_and_another_one_another() -> None:
    library = read_library(Settings(), shipped_plugins())
    name = min(library.sources)
    scheme = library.effective(name).scheme
    first, same = (write_snapshot(scheme, "reg-53", {"a": "1", "b": "2"}) for _ in range(2))
    assert first.hash == same.hash
    assert write_snapshot(scheme, "reg-53", {"b": "2", "a": "1"}).hash == first.hash
    assert write_snapshot(scheme, "reg-11", {"a": "1", "b": "2"}).hash != first.hash
    changed = scheme.model_copy(update={"title": "Autre"})
    assert write_snapshot(changed, "reg-53", {"a": "1", "b": "2"}).hash != first.hash


def test_every_shipped_scheme_compiles_again_from_its_snapshot() -> None:
    plugins = shipped_plugins()
    library = read_library(Settings(), plugins)
    for name in library.sources:
        effective = library.effective(name)
        again, _ = read_snapshot(write_snapshot(effective.scheme, "", {}).body)
        compiled = compile_scheme(again, plugins)
        assert [version.first_day for version in compiled.versions] == [
            v.first_day for v in effective.compiled.versions
        ]
        assert [version.program.python for version in compiled.versions] == [
            version.program.python for version in effective.compiled.versions
        ]
