"""Rules over millions: against hand-written Polars, OpenFisca, ZEN, CEL and json-logic, side by side in one run.

Run with `pytest tests/bench/test_bulk_bench.py -s`; rivals are installed in a temporary environment, and the bench says
so when they cannot be reached. Ratios are medians of alternated rounds.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
from array import array
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

import polars as pl
import pytest

from bulk_stock import DAY, by_hand, dossiers
from guichet.language import Program, compile_rules
from guichet.language.bulk import BulkProgram
from guichet.loader.library import load_library
from guichet.services.simulation import bulk_of
from guichet.settings import shipped_folder
from rules_at_hand import an_environment, branch, rules
from shipped_plugins import shipped_plugins

MILLION, ROUNDS = 1_000_000, 9
RIVALS = Path(__file__).parent / "rivals"
EPOCH = date(1970, 1, 1)
SCHEME = "fds-volet-2"


@pytest.fixture(scope="module")
def volet_2() -> tuple[BulkProgram, Program]:
    library = load_library((shipped_folder("schemes"),), (shipped_folder("regions"),), shipped_plugins(), only=[SCHEME])
    compiled = library.effective(SCHEME, "").compiled
    version = compiled.version_on(DAY)
    assert version is not None
    return bulk_of(compiled, "", DAY), version.program


def seconds(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


@pytest.mark.parametrize("holes", [0.0, 0.02])
def test_bulk_keeps_up_with_hand_written_polars(volet_2: tuple[BulkProgram, Program], holes: float) -> None:
    bulk, _ = volet_2
    stock = dossiers(MILLION, holes=holes)
    ours, theirs = bulk.evaluate(stock), by_hand(stock)
    for name in ("outcome", "amount_cents", "provisional_amount_cents", "branch", "failed", "awaited", "missing"):
        assert ours[name].cast(theirs[name].dtype).equals(theirs[name]), name
    pairs = [(seconds(lambda: bulk.evaluate(stock)), seconds(lambda: by_hand(stock))) for _ in range(ROUNDS)]
    ratio = median(one / other for one, other in pairs)
    best = [min(each) * 1000 for each in zip(*pairs, strict=True)]
    print(f"\n{holes:.0%} holes: bulk {best[0]:.0f} ms, by hand {best[1]:.0f} ms, ratio {ratio:.2f} (≤ 1.5)")
    assert ratio <= 1.5


@pytest.fixture(scope="module")
def rival_python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Python of its own, in which each test installs its rival."""
    folder = tmp_path_factory.mktemp("rivals")
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    return folder / "bin/python"


def install(python: Path, package: str) -> None:
    words = [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", package]
    done = subprocess.run(words, check=False, capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"{package} cannot be installed here: {done.stderr.strip().splitlines()[-1:]}")


@contextmanager
def at_work(*words: str | Path) -> Iterator[tuple[Any, Callable[[], float]]]:
    """A rival at work: what it answered, and how long one round of it takes."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen([str(word) for word in words], **pipes) as rival:

        def round_() -> float:
            rival.stdin.write("go\n")
            rival.stdin.flush()
            return float(rival.stdout.readline())

        yield json.loads(rival.stdout.readline()), round_
        rival.stdin.close()


def test_bulk_is_five_times_faster_than_openfisca(
    volet_2: tuple[BulkProgram, Program], rival_python: Path, tmp_path: Path
) -> None:
    install(rival_python, "openfisca-core")
    bulk, _ = volet_2
    stock = dossiers(MILLION, holes=0.0)
    loans = {"refuse": 0, "sans_reponse": 1, "accepte": 2}
    for name in set(stock.columns) - {"siret"}:
        column = stock[name].replace_strict(loans) if name == "pret" else stock[name]
        tmp_path.joinpath(name.removeprefix("@")).write_bytes(bytes(array("i", column.cast(pl.Int32).to_list())))
    only = ("outcome", "amount_cents")
    ours = bulk.evaluate(stock, only=only)
    with at_work(rival_python, RIVALS / "openfisca.py", tmp_path) as (totals, round_):
        assert totals == [(ours["outcome"] == "eligible").sum(), ours["amount_cents"].sum()]
        pairs = [(seconds(lambda: bulk.evaluate(stock, only=only)), round_()) for _ in range(ROUNDS)]
    ratio = median(other / one for one, other in pairs)
    best = [min(each) * 1000 for each in zip(*pairs, strict=True)]
    print(f"\nbulk {best[0]:.0f} ms, OpenFisca {best[1]:.0f} ms, {ratio:.1f} times faster (≥ 5)")
    assert ratio >= 5


@pytest.mark.parametrize(
    ("rival", "package", "times"),
    [
        ("zen", "zen-engine", 10),
        ("cel-python", "cel-python", 10),
        ("json-logic", "json-logic-qubit", 10),
        ("cel", "common-expression-language", 10),
        ("cel-contexts", "common-expression-language", 1),  # the dossier turned into its own values is not counted
    ],
)
def test_single_is_faster_than(
    rival: str, package: str, times: int, volet_2: tuple[BulkProgram, Program], rival_python: Path, tmp_path: Path
) -> None:
    install(rival_python, package)
    _, program = volet_2
    lines = list(dossiers(1_000, holes=0.0).iter_rows(named=True))
    ours = [{**line, "filed_on": DAY} for line in lines]
    days = {"march": (date(2020, 3, 1) - EPOCH).days, "today": (DAY - EPOCH).days}
    unread = ("siret", "date_demande_pret")
    theirs = [
        {**{name.removeprefix("@"): value for name, value in line.items() if name not in unread}, **days}
        | {"asked": (line["date_demande_pret"] - EPOCH).days}
        for line in lines
    ]
    cases = tmp_path / "cases.json"
    cases.write_text(json.dumps(theirs), encoding="utf-8")

    def round_of(evaluate: Callable[[dict[str, Any]], object], over: list[dict[str, Any]]) -> float:
        start = process_time()
        for values in over:
            evaluate(values)
        return process_time() - start

    with at_work(rival_python, RIVALS / "single.py", rival, cases) as (amounts, round_):
        assert amounts == [program.evaluate_briefly(values)[1] for values in ours]
        assert amounts == [in_a_few_lines(values)[1] for values in theirs]
        rounds = [
            (
                round_of(program.evaluate_briefly, ours),
                round_of(program.evaluate, ours),
                round_of(in_a_few_lines, theirs),
                round_(),
            )
            for _ in range(ROUNDS)
        ]
    brief, full, _, _ = (median(each[3] / each[place] for each in rounds) for place in range(4))
    speed = [len(ours) / min(each) for each in zip(*rounds, strict=True)]
    print(f"\noutcome and amount: generated {speed[0]:,.0f}/s, {rival} {speed[3]:,.0f}/s, {brief:.1f} × (≥ {times})")
    print(f"with every reason: {speed[1]:,.0f}/s, {full:.1f} ×; complete rows only, by hand: {speed[2]:,.0f}/s")
    assert brief >= times


def in_a_few_lines(row: dict[str, Any]) -> tuple[bool, int | None]:
    """The outcome and the amount of a complete row, as Python says them at its fastest; it would trip on a hole."""
    balance = row["actif_disponible"] - (row["dettes_30j"] + row["charges_fixes"])
    late = row["pret"] == "sans_reponse" and row["today"] - row["asked"] > 10
    if not (
        (row["volet1"] and row["effectif"] >= 1 and balance < 0 and row["asked"] >= row["march"])
        and (row["pret"] == "refuse" or late)
        and (row["pret_raisonnable"] and row["risque_cessation"] and row["lien_pret_risque"] and row["sincerite"])
    ):
        return False, None
    if not row["exercice_clos"] or row["chiffre_affaires"] < 20_000_000 or -balance < 200_000:
        return True, 200_000
    return True, min(-balance, 350_000 if row["chiffre_affaires"] < 60_000_000 else 500_000)


def generated_programs(count: int) -> list[BulkProgram]:
    """Schemes of three to eight criteria, one to three branches, thresholds of their own."""
    chance, environment = random.Random(20200420), an_environment()
    made: list[BulkProgram] = []
    for _ in range(count):
        few = chance.randint(1, 4)
        tests = [
            f"effectif >= {few}",
            f"solde < {chance.randint(0, 2000)} €",
            f"date_demande_pret >= 2020-0{chance.randint(1, 3)}-01",
            "pret = refuse ou (pret = sans_reponse et days_between(date_demande_pret, filed_on) > 10 jours)",
            f"(non exercice_clos) ou chiffre_affaires < {chance.randint(100, 2000) * 1000} €",
            f"dettes_30j >= {chance.randint(1, 500)} €",
            "siren(siret) dans liste volet1",
            f"charges_fixes < {chance.randint(2000, 9000)} €",
        ]
        steps = [
            branch(
                f"(non exercice_clos) ou chiffre_affaires < {low * 1000} €",
                f"min(besoin, {chance.randint(1, 9) * 500} €)",
            )
            for low in sorted(chance.sample(range(50_000, 900_000, 1000), chance.randint(0, 2)))
        ]
        last = branch(None, f"min(round(besoin * {chance.randint(10, 90)} % to 1 €), 5 000 €)")
        define = {"solde": "actif_disponible - (dettes_30j + charges_fixes)", "besoin": "abs(solde)"}
        written = rules(*chance.sample(tests, chance.randint(3, 8)), define=define, amount=(*steps, last))
        made.append(BulkProgram(compile_rules(written, environment).plan, constants={"filed_on": DAY}))
    return made


def test_three_hundred_schemes_over_a_hundred_thousand_dossiers() -> None:
    programs, stock = generated_programs(300), dossiers(100_000, holes=0.02)

    def work() -> None:
        for place in range(0, len(programs), 10):
            pl.collect_all([each.evaluate(stock.lazy(), bounded=True) for each in programs[place : place + 10]])

    work()
    best = min(seconds(work) for _ in range(3))
    speed = len(programs) * stock.height / best / 1e6
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"\n{speed:.1f} M scheme-dossiers/s (≥ 25), {memory:.2f} GiB at most (< 2)")
    assert speed >= 25
    assert memory < 2


def test_ten_times_the_lines_do_not_need_ten_times_the_memory(tmp_path: Path) -> None:
    peaks = []
    for count in (MILLION, 10 * MILLION):
        data = tmp_path / f"{count}.parquet"
        pieces = [dossiers(MILLION, holes=0.02).lazy()] * (count // MILLION)
        columns = {name: f"{name}_cents" for name in ("actif_disponible", "dettes_30j", "charges_fixes")}
        pl.concat(pieces).rename({**columns, "chiffre_affaires": "chiffre_affaires_cents"}).sink_parquet(data)
        command = "import resource, sys; from guichet_cli.main import run; from guichet.settings import Settings"
        words = ["simulate", SCHEME, "--data", str(data), "--on", str(DAY), "--out", str(tmp_path / "out.parquet")]
        code = f"{command}; print(run({words!r}, Settings()), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
        done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=tmp_path)
        status, peak = done.stdout.split()[-2:]
        assert status == "0"
        peaks.append(int(peak) / 2**10)
    print(f"\n1 M lines: {peaks[0]:.0f} MiB, 10 M lines: {peaks[1]:.0f} MiB (< 2 times)")
    assert peaks[1] < 2 * peaks[0]
