"""A million dossiers of April 2020 as a Polars frame, and the rules of volet 2 written by hand over it."""

from __future__ import annotations

from datetime import date

import polars as pl

__all__ = ["DAY", "by_hand", "dossiers"]

FAILED = (
    *("volet1_recu", "un_salarie", "tresorerie_negative", "pret_demande", "pret_refuse", "pret_raisonnable"),
    *("risque_cessation", "lien_pret_risque", "sincerite"),
)
JUDGED = FAILED[5:]
DAY = date(2020, 4, 20)
OUTCOMES = pl.Enum(["eligible", "not_eligible", "undetermined"])


def dossiers(count: int, *, holes: float) -> pl.DataFrame:
    """Dossiers made by arithmetic, the same at each run; a share of each answer missing."""
    seeds = iter(range(10_000))

    def whole(most: int, low: int = 0) -> pl.Series:
        return pl.select((pl.int_range(count).hash(next(seeds)) % most).cast(pl.Int64) + low).to_series()

    def true(share: float) -> pl.Series:
        return whole(1000) < int(1000 * share)

    def holed(values: pl.Series) -> pl.Series:
        return pl.select(pl.when(true(holes)).then(None).otherwise(values)).to_series() if holes else values

    loans = pl.Series(["refuse", "refuse", "refuse", "sans_reponse", "accepte"]).gather(whole(5))
    turnover = (whole(1000) * whole(1000) * 250 + 500_000).cast(pl.Int64)
    answered = {
        "effectif": pl.Series([0, 1, 2, 3, 5, 8, 8, 4]).gather(whole(8)),
        "exercice_clos": true(0.9),
        "chiffre_affaires": turnover,
        "actif_disponible": whole(300_000),
        "dettes_30j": whole(900_000),
        "charges_fixes": whole(300_000),
        "pret": loans,
        "date_demande_pret": (whole(42, 18_320)).cast(pl.Int32).cast(pl.Date),
        "@volet1": true(0.9),
    }
    judged = {f"@{name}": holed(true(0.98)) for name in JUDGED}
    siret = pl.Series("siret", ["73282932000074"]).gather(pl.Series([0] * count))
    columns = {name: holed(values) for name, values in answered.items()}
    return pl.DataFrame({"siret": siret, **columns, **judged})


def _bits(tests: list[pl.Expr]) -> pl.Expr:
    return pl.sum_horizontal(
        pl.when(test).then(pl.lit(1 << bit, pl.Int64)).otherwise(pl.lit(0, pl.Int64)) for bit, test in enumerate(tests)
    )


def by_hand(frame: pl.DataFrame) -> pl.DataFrame:
    """The rules of 17 April 2020 as an attentive developer would write them, unknown values included."""
    col = pl.col
    late = (pl.lit(DAY) - col("date_demande_pret")).dt.total_days() > 10
    first = frame.lazy().with_columns(
        solde=col("actif_disponible") - (col("dettes_30j") + col("charges_fixes")),
        turnover=pl.when(col("exercice_clos")).then(col("chiffre_affaires")),
        c1=col("effectif") >= 1,
        c3=col("date_demande_pret") >= date(2020, 3, 1),
        c4=(col("pret") == "refuse") | ((col("pret") == "sans_reponse") & late),
    )
    states = [col("@volet1"), col("c1"), col("c2"), col("c3"), col("c4"), *(col(f"@{name}") for name in JUDGED)]
    second = first.with_columns(c2=col("solde") < 0, besoin=col("solde").abs())
    third = second.with_columns(
        small=~col("exercice_clos") | (col("turnover") < 20_000_000) | (col("besoin") < 200_000),
        middle=col("turnover") < 60_000_000,
    ).with_columns(
        branch=pl.when(col("small"))
        .then(1)
        .when(~col("small"))
        .then(pl.when(col("middle")).then(2).when(~col("middle")).then(3))
        .cast(pl.Int64)
    )
    amount = (
        pl.when(col("branch") == 1)
        .then(200_000)
        .when(col("branch") == 2)
        .then(col("besoin").clip(upper_bound=350_000))
        .when(col("branch") == 3)
        .then(col("besoin").clip(upper_bound=500_000))
    )
    fourth = third.with_columns(amount=amount, refused=pl.any_horizontal(~state.fill_null(True) for state in states))
    unknown = {name: states[place].is_null() for place, name in enumerate(FAILED[:5])} | {
        "amount": col("amount").is_null()
    }
    fifth = fourth.with_columns(
        stuck=~col("refused") & pl.any_horizontal(unknown.values()),
        waiting=pl.any_horizontal(state.is_null() for state in states[5:]),
    )
    clear = ~col("refused") & ~col("stuck")
    feeds = {
        "siret": ["volet1_recu"],
        "effectif": ["un_salarie"],
        "exercice_clos": ["amount"],
        "chiffre_affaires": ["amount"],
        "actif_disponible": ["tresorerie_negative", "amount"],
        "dettes_30j": ["tresorerie_negative", "amount"],
        "charges_fixes": ["tresorerie_negative", "amount"],
        "pret": ["pret_refuse"],
        "date_demande_pret": ["pret_demande", "pret_refuse"],
    }
    missing = [
        col("stuck") & pl.any_horizontal(unknown[each] for each in fed) & col(name).is_null()
        & (col("exercice_clos").fill_null(False) if name == "chiffre_affaires" else pl.lit(True))
        for name, fed in feeds.items()
    ]  # fmt: skip
    granted = clear & ~col("waiting")
    return fifth.select(
        outcome=pl.when("refused")
        .then(pl.lit("not_eligible", OUTCOMES))
        .when(granted)
        .then(pl.lit("eligible", OUTCOMES))
        .otherwise(pl.lit("undetermined", OUTCOMES)),
        amount_cents=pl.when(granted).then("amount").cast(pl.Int64),
        provisional_amount_cents=pl.when(clear & col("waiting")).then("amount").cast(pl.Int64),
        branch=pl.when(~col("refused")).then("branch"),
        failed=_bits([~state.fill_null(True) for state in states]),
        awaited=_bits([state.is_null() for state in states[5:]]),
        missing=_bits(missing),
        silent=col("stuck") & col("@volet1").is_null() & col("siret").is_not_null(),
    ).collect()
