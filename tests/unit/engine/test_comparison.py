"""Two declarations compared: nothing is forgotten, spelling does not count, and each difference has its words."""

import typing
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from declarations import SCHEME, a_library, with_change
from guichet.catalogue import CompiledScheme
from guichet.engine.comparison import compare_schemes, compare_versions
from guichet.engine.comparison.walk import walk
from guichet.locale import Texts
from guichet.model.scalars import Period
from guichet.model.scheme import Scheme


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> CompiledScheme:
    return a_library(tmp_path_factory.mktemp("trial")).effective("essai").compiled


def changed(folder: Path, find: str, replace: str) -> CompiledScheme:
    return a_library(folder, with_change(find, replace)).effective("essai").compiled


def said(before: CompiledScheme, after: CompiledScheme, language: typing.Literal["fr", "en"] = "fr") -> list[str]:
    found = [f"{one.where} | {one.text}" for one in compare_schemes(before, after, language)]
    return [line.replace("\u202f", " ").replace("\xa0", " ") for line in found]


def test_a_scheme_does_not_differ_from_itself(trial: CompiledScheme) -> None:
    assert compare_schemes(trial, trial) == ()


def test_spelling_is_no_difference(trial: CompiledScheme, tmp_path: Path) -> None:
    text = SCHEME.replace("when: effectif <= 10", "when: (effectif   <= 10)").replace("value: 500 €", "value: 500.00 €")
    assert compare_schemes(trial, a_library(tmp_path, text).effective("essai").compiled) == ()


BOTH = "règles du 1er mai 2020 et la version suivante"
TITULAIRE = "      titulaire: {type: text, label: Titulaire}\n"
TOLD = {
    "a threshold": (
        "when: effectif <= 10",
        "when: effectif <= 12",
        "règles du 1er mai 2020, critère « Au plus dix salariés » | seuil : 10 → 12",
    ),
    "a parameter": (
        "value: 500 €",
        "value: 550 €",
        "paramètre « Plafond », valeur du 1er mai 2020 | valeur : 500 € → 550 €",
    ),
    "a field": (
        TITULAIRE,
        TITULAIRE + "      note: {type: text, label: Remarque}\n",
        "page « Votre demande » | ajout : champ « Remarque »",
    ),
    "a line to prepare": (
        "about: {what: Une aide., who: Tous., amount: 500 €}",
        "about: {what: Une aide., who: Tous., amount: 500 €, prepare: [Un RIB]}",
        " | ajout : ligne à préparer : Un RIB",
    ),
    "a reason": (
        "Il a eu lieu.",
        "Il s'est tenu.",
        f"{BOTH}, critère « Tournoi annulé » | motif donné : Il a eu lieu. → Il s'est tenu.",
    ),
    "a date": ("closes: 2020-06-30", "closes: 2020-07-31", " | clôture : 30 juin 2020 → 31 juillet 2020"),
    "a branch": (
        "      - else: 100 €",
        "      - if: effectif = 1\n        then: 50 €\n      - else: 100 €",
        f"{BOTH} | ajout : cas de montant n° 2 : si « Effectif » est égal à 1 : 50 €",
    ),
    "a definition": (
        "min(perte, plafond)",
        "max(perte, plafond)",
        (
            f"{BOTH}, définition « Perte retenue » | calcul : « Perte », dans la limite de « Plafond »"
            " → « Perte », au moins « Plafond »"
        ),
    ),
    "an imputation": ('nature: "6745"', 'nature: "6574"', " | imputation « nature » : 6745 → 6574"),
}


@pytest.mark.parametrize(("find", "replace", "told"), TOLD.values(), ids=TOLD)
def test_a_difference_is_told_in_words_of_the_domain(
    trial: CompiledScheme, tmp_path: Path, find: str, replace: str, told: str
) -> None:
    assert said(trial, changed(tmp_path, find, replace)) == [told]


@pytest.mark.parametrize(
    ("one", "other", "differences"),
    [
        ("arrondi(perte * 5 % à 1 €)", "arrondi(perte * 0.5 % à 1 €)", 1),
        ("arrondi(perte * 1.5 à 1 €)", "arrondi(perte * 0.15 à 1 €)", 1),
        ("plafond * arrondi(effectif / 3 à 0.1)", "plafond * arrondi(effectif / 3 à 0.01)", 1),
        ("arrondi(perte * 5 % à 1 €)", "arrondi(perte * 5.0 % à 1 €)", 0),
    ],
)
def test_numbers_are_compared_by_what_they_are_worth(one: str, other: str, differences: int, tmp_path: Path) -> None:
    texts = [f"arrondi({each} à 0.01 €)" if each.startswith("plafond") else each for each in (one, other)]
    before, after = (
        changed(tmp_path / str(place), '"min(perte, plafond)"', f'"{text}"') for place, text in enumerate(texts)
    )
    assert len(said(before, after)) == differences


def test_an_amount_a_month_is_not_the_same_amount_a_year(tmp_path: Path) -> None:
    before, after = (
        changed(tmp_path / period, "      retenu:", f"      base: 500 €/{period}\n      retenu:")
        for period in ("mois", "an")
    )
    assert len(said(before, after)) == 1
    assert "500 € par mois → 500 € par an" in said(before, after)[0].replace("\xa0", " ")


def test_a_threshold_that_moved_is_said_in_the_unit_of_its_question(tmp_path: Path) -> None:
    counted = SCHEME.replace("label: Effectif, min: 0", "label: Effectif, min: 0, unit: salariés")
    before = a_library(tmp_path / "before", counted).effective("essai").compiled
    after = a_library(tmp_path / "after", counted.replace("effectif <= 20", "effectif <= 25")).effective("essai")
    (told,) = said(before, after.compiled)
    assert told.replace("\u00a0", " ").endswith("seuil : 20 salariés → 25 salariés")


def test_english_says_the_same(trial: CompiledScheme, tmp_path: Path) -> None:
    after = changed(tmp_path, "when: effectif <= 20", "when: effectif <= 25")
    assert said(trial, after, "en") == ["rules of 1 June 2020, criterion “Au plus dix salariés” | threshold: 20 → 25"]


def test_a_new_version_says_what_it_changes_of_the_one_before(trial: CompiledScheme, tmp_path: Path) -> None:
    added = "workflow:\n  use: inst"
    version = (
        "  2020-06-15:\n    legal: Délibération modifiée\n    criteria:\n      petit:\n        when: effectif <= 30\n"
    )
    after = changed(tmp_path, added, version + added)
    assert said(trial, after) == [
        " | ajout : règles du 15 juin 2020",
        "règles du 15 juin 2020, critère « Au plus dix salariés » | seuil : 20 → 30",
    ]


def test_two_versions_of_one_scheme_are_compared_with_their_parameters(trial: CompiledScheme) -> None:
    old, new = trial.versions
    texts = [one.text.replace("\xa0", " ") for one in compare_versions(trial, old, trial, new)]
    assert texts == ["texte : Délibération → Délibération modifiée", "seuil : 10 → 20"]


# Every attribute of the model, whatever is added to it, must be compared and have its words.


def models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in (*typing.get_args(annotation), *([annotation.__value__] if hasattr(annotation, "__value__") else [])):
        yield from models(part)


@cache
def all_models() -> tuple[type[BaseModel], ...]:
    found: dict[type[BaseModel], None] = {}
    waiting: list[type[BaseModel]] = [Scheme]
    while waiting:
        model = waiting.pop()
        if model not in found:
            found[model] = None
            waiting += [one for field in model.model_fields.values() for one in models(field.annotation)]
    return tuple(found)


ATTRIBUTES = [(model, name) for model in all_models() for name in model.model_fields]


@pytest.mark.parametrize(("model", "name"), ATTRIBUTES, ids=[f"{model.__name__}.{name}" for model, name in ATTRIBUTES])
def test_every_attribute_of_the_model_is_compared(model: type[BaseModel], name: str) -> None:
    before = model.model_construct(**dict.fromkeys(model.model_fields))
    for one, other in samples(model.model_fields[name]):
        left, right = before.model_copy(update={name: one}), before.model_copy(update={name: other})
        assert [raw.path[0].key for raw in walk(left, right)] == [name], (one, other)
        assert list(walk(left, left.model_copy())) == []


def samples(field: FieldInfo) -> list[tuple[Any, Any]]:
    """Pairs of values of one attribute that differ, one of each kind it may take."""
    day = date(2020, 5, 1)
    pairs: dict[Any, tuple[Any, Any]] = {
        str: ("a", "b"),
        int: (1, 2),
        bool: (True, False),
        date: (day, day + timedelta(1)),
        datetime: (datetime(2020, 5, 1, 8), datetime(2020, 5, 1, 9)),
        Period: (Period(1, "days"), Period(2, "days")),
    }
    text = str(field.annotation)
    found = [pair for kind, pair in pairs.items() if field.annotation is kind]
    found += [({"k": "a"}, {"k": "b"}), ({}, {"k": "a"})] if "dict[" in text else []
    found += [(("a",), ("a", "b")), (("a", "b"), ("b", "a"))] if "tuple[" in text else []
    return found or [(None, "b"), ("a", "b")]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_attribute_and_item_of_the_model_has_its_words(language: typing.Literal["fr", "en"]) -> None:
    """Words go to `locale/areas/comparison.py`: `attr.<Model>.<attribute>`, `item.…` for what it holds."""
    say = Texts(language)
    wanted = [f"comparison.attr.{model.__name__}.{name}" for model, name in ATTRIBUTES]
    wanted += [
        f"comparison.item.{model.__name__}.{name}"
        for model, name in ATTRIBUTES
        if any(word in str(model.model_fields[name].annotation) for word in ("dict[", "tuple["))
    ]
    assert [key for key in wanted if not say.has(key)] == []


def mutations(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:  # noqa: C901  one case a kind of value
    """The value with one thing changed, for each thing in it."""
    match value:
        case BaseModel():
            for name in type(value).model_fields:
                for where, other in mutations(getattr(value, name), f"{path}.{name}"):
                    yield where, value.model_copy(update={name: other})
        case dict():
            for key, item in value.items():
                yield f"{path}.-{key}", {other: each for other, each in value.items() if other != key}
                for where, other in mutations(item, f"{path}.{key}"):
                    yield where, {**value, key: other}
        case tuple():
            for place, item in enumerate(value):
                for where, other in mutations(item, f"{path}.{place}"):
                    yield where, (*value[:place], other, *value[place + 1 :])
        case bool():
            yield path, not value
        case str():
            yield path, value + "x"
        case int():
            yield path, value + 1
        case date():
            yield path, value + timedelta(1)
        case Period():
            yield path, Period(value.count + 1, value.unit)
        case _:
            pass


def test_any_single_mutation_of_a_scheme_is_exactly_one_difference(trial: CompiledScheme) -> None:
    tried = 0
    for where, scheme in mutations(trial.scheme):
        assert len(list(walk(trial.scheme, scheme))) == 1, where
        tried += 1
    assert tried > 200


def test_a_comparison_blind_to_one_attribute_would_be_caught(trial: CompiledScheme) -> None:
    blind = [
        where
        for where, scheme in mutations(trial.scheme)
        if not [raw for raw in walk(trial.scheme, scheme) if raw.path[-1].owner != "Criterion.otherwise"]
    ]
    assert blind
    assert all(where.endswith(".otherwise") for where in blind)
