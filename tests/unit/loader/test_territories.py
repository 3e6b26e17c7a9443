"""Reading `regions/`: what an instance lays over the shipped files, and what it is told when it errs."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from guichet.errors import ProblemsFound, render_all
from guichet.loader.territories import load_territories
from guichet.settings import shipped_folder

INVALID = Path(__file__).parents[2] / "data" / "invalid" / "territories"
DAY = date(2020, 4, 20)


def an_instance(folder: Path, **files: str) -> Path:
    """An instance's `regions/` folder; `reg_53="…"` writes `reg-53/territory.yaml`, `_defaults` its own file."""
    regions = folder / "regions"
    for name, text in files.items():
        path = regions / f"{name}.yaml" if name[0] == "_" else regions / name.replace("_", "-") / "territory.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"format: 1\n{text}", "utf-8")
    return regions


def load_over_shipped(regions: Path):
    return load_territories([shipped_folder("regions"), regions])


@pytest.mark.parametrize("case", sorted(path.name for path in INVALID.iterdir()))
def test_each_broken_folder_says_where_what_and_what_to_do(case: str):
    expected = (INVALID / case / "expected.txt").read_text("utf-8")

    with pytest.raises(ProblemsFound) as found:
        load_over_shipped(INVALID / case / "regions")

    assert render_all(found.value.problems, "en") + "\n" == expected


def test_an_instance_replaces_the_keys_it_names_and_keeps_the_others(tmp_path: Path):
    regions = an_instance(tmp_path, reg_53="id: reg-53\ncontacts:\n  service: Service des aides\n")

    bretagne = load_over_shipped(regions)["reg-53"]

    assert bretagne.contacts.service == "Service des aides"
    assert bretagne.contacts.email == ""
    assert bretagne.name == "Bretagne"


def test_the_folder_of_an_instance_needs_no_territory_file(tmp_path: Path):
    (tmp_path / "regions" / "reg-53" / "overlays").mkdir(parents=True)

    assert load_over_shipped(tmp_path / "regions")["reg-53"].name == "Bretagne"


def test_defaults_of_an_instance_serve_every_territory_of_the_kind(tmp_path: Path):
    regions = an_instance(tmp_path, _defaults="departement:\n  payer:\n    name: Paierie départementale\n")

    territories = load_over_shipped(regions)

    assert territories["dep-74"].payer.name == "Paierie départementale"
    assert territories["reg-53"].payer != territories["dep-74"].payer


def test_an_instance_adds_a_court_address(tmp_path: Path):
    regions = an_instance(
        tmp_path,
        _tribunals="tribunals:\n  rennes:\n    name: Tribunal administratif de Rennes\n    city: Rennes\n"
        "    address: 3 rue de l'Essai, 35000 Rennes\n",
    )

    territories = load_over_shipped(regions)

    assert territories["dep-29"].tribunal.address == "3 rue de l'Essai, 35000 Rennes"
    assert territories["dep-74"].tribunal.city == "Grenoble"


def test_an_instance_dates_a_new_authority(tmp_path: Path):
    regions = tmp_path / "regions"
    (regions / "col-essai").mkdir(parents=True)
    (regions / "col-essai" / "authority.yaml").write_text(
        "format: 1\nid: col-essai\nname: Collectivité d'essai\ncouncil: Assemblée d'essai\ncity: Annecy\n"
        "tribunal: grenoble\nacts_for:\n  dep-74: {from: 2020-04-20, until: 2020-04-20}\n",
        "utf-8",
    )

    territories = load_over_shipped(regions)

    assert territories["dep-74"].authority_on(DAY).id == "col-essai"
    assert territories["dep-74"].authority_on(date(2020, 4, 21)).id == "dep-74"
    assert territories["dep-74"].authority_on(date(2020, 4, 19)).id == "dep-74"


def test_every_problem_of_every_file_comes_at_once(tmp_path: Path):
    regions = an_instance(
        tmp_path,
        reg_53="id: reg-53\ntribunal: reines\n",
        dep_74="id: dep-74\ntime_zone: Paris\nname:\n  - Haute-Savoie\n",
    )

    with pytest.raises(ProblemsFound) as found:
        load_over_shipped(regions)

    places = sorted((p.position.file, p.position.line) for p in found.value.problems if p.position)
    assert places == [
        ("regions/dep-74/territory.yaml", 3),
        ("regions/dep-74/territory.yaml", 4),
        ("regions/reg-53/territory.yaml", 3),
    ]


def test_a_missing_root_is_left_out(tmp_path: Path):
    assert len(load_over_shipped(tmp_path / "nowhere")) == 119
