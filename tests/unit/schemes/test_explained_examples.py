"""Every example that is shipped can be explained, in both languages, and its explanation finds its result again."""

import json
from pathlib import Path

import pytest

from guichet.engine.explanation_text import text_lines
from guichet.engine.full_explanations import explain_fully
from guichet.loader.library import Library
from guichet.locale import Language
from guichet.runtime import read_library
from guichet.services.examples import case_of, run_examples
from guichet.settings import Settings, shipped_folder

SCHEMES = sorted(path.parent.name for path in Path(shipped_folder("schemes")).glob("*/scheme.yaml"))


@pytest.fixture(scope="module")
def library() -> Library:
    return read_library(Settings())


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_shipped_example_is_explained_in_both_languages(library: Library, scheme: str) -> None:
    declared = library.examples(scheme)
    assert declared is not None
    results = {run.id: run.result for run in run_examples(library, scheme)}
    compiled = {"": library.effective(scheme).compiled}
    for name, example in declared.examples.items():
        here = compiled.setdefault(example.territory, library.effective(scheme, example.territory).compiled)
        case, on = case_of(here, declared, name)
        said: dict[Language, str] = {}
        for language in ("fr", "en"):
            found = explain_fully(here, case.answers, case.facts, on, language=language)
            assert found.result == results[name], name
            json.dumps(found.as_json(), default=str)
            said[language] = "\n".join(text_lines(found, language))
        assert said["fr"] != said["en"]
        failed = [one.id for one in found.explanation.reasons if one.state == "failed"] if found.explanation else []
        assert tuple(failed) == results[name].failed
