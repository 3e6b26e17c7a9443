"""Random rules and random, often partial, dossiers: what the back ends must agree on."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from guichet.language import UNAVAILABLE, Branch, Condition, Rules, Source

Text = st.SearchStrategy[str]

_MONEYS = ("chiffre_affaires", "ca_mensuel_moyen", "actif_disponible", "dettes_30j", "charges_fixes", "plafond")
_COUNTS = (
    "nombre(d dans dettes où d.echue)",
    "nombre(d dans dettes où d.montant > 10 € et non d.echue)",
    "nombre(d.montant pour d dans dettes où d.echue)",
    "nombre(b dans besoins où b = loyer ou b = stock)",
    "max(années_entre(d.depuis, filed_on) pour d dans dettes)",
)
_COMPARATORS = st.sampled_from(["=", "!=", "<", "<=", ">", ">="])


def money(depth: int) -> Text:
    """An exact amount."""
    leaf = st.one_of(
        st.sampled_from(_MONEYS),
        st.integers(0, 500_000).map(lambda cents: f"{cents // 100}.{cents % 100:02d} €"),
    )
    if depth == 0:
        return leaf
    inner = money(depth - 1)
    return st.one_of(
        leaf,
        st.tuples(inner, st.sampled_from(["+", "-"]), inner).map(lambda it: f"({it[0]} {it[1]} {it[2]})"),
        st.tuples(st.sampled_from(["min", "max", "sum"]), inner, inner).map(lambda it: f"{it[0]}({it[1]}, {it[2]})"),
        inner.map(lambda it: f"abs({it})"),
        inner.map(lambda it: f"-({it})"),
        inner.map(lambda it: f"{it} * 3"),
        st.tuples(st.sampled_from(["round", "floor", "ceiling"]), unrounded(depth - 1), _money_steps()).map(
            lambda it: f"{it[0]}({it[1]} to {it[2]})"
        ),
        st.tuples(condition(depth - 1), inner, inner).map(lambda it: f"(si {it[0]} alors {it[1]} sinon {it[2]})"),
        st.sampled_from(
            [
                "sum(dettes.montant)",
                "max(dettes.montant)",
                "min(dettes.montant)",
                "arrondi(plafond / 7 mois à 0.01 €) * 3 mois",
                "par_mois(par_an(arrondi(charges_fixes / 12 mois à 1 €)) + 50.05 €/an) * 2 mois",
                "somme(d.montant pour d dans dettes où d.echue)",
                "max(d.montant pour d dans dettes où d.nature = territory ou d.montant > plafond)",
                "min(si d.echue alors d.montant sinon plafond pour d dans dettes)",
                "arrondi(somme(d.montant * coefficient pour d dans dettes où d.echue) à 1 €)",
                "somme(arrondi(d.montant * quotite à 1 €) pour d dans dettes)",
                "somme(nombre(e dans dettes où e.montant > d.montant) * d.montant pour d dans dettes)",
                "lookup(volet1, siren(siret), amount)",
            ]
        ),
    )


def _money_steps() -> Text:
    return st.sampled_from(["1 €", "0.01 €", "10 €", "0.05 €"])


def unrounded(depth: int) -> Text:
    """An amount that may need rounding."""
    inner = money(depth)
    leaf = st.one_of(
        inner,
        st.tuples(inner, st.sampled_from(["quotite", "coefficient", "12.5 %", "0.333", "effectif"])).map(
            lambda it: f"{it[0]} * {it[1]}"
        ),
        st.tuples(inner, st.sampled_from(["3", "7", "0.6", "1.25"])).map(lambda it: f"{it[0]} / {it[1]}"),
        st.tuples(inner, number(0)).map(lambda it: f"{it[0]} / max({it[1]}, 1)"),
    )
    if depth == 0:
        return leaf
    again = unrounded(depth - 1)
    return st.one_of(
        leaf,
        st.tuples(again, st.sampled_from(["+", "-"]), again).map(lambda it: f"({it[0]} {it[1]} {it[2]})"),
        st.tuples(st.sampled_from(["min", "max"]), again, again).map(lambda it: f"{it[0]}({it[1]}, {it[2]})"),
        st.tuples(condition(depth - 1), again, again).map(lambda it: f"(si {it[0]} alors {it[1]} sinon {it[2]})"),
        again.map(lambda it: f"abs({it})"),
    )


def number(depth: int) -> Text:
    """An exact number."""
    leaf = st.sampled_from(["effectif", "coefficient", "2", "0.5", "count(dettes)", "count(besoins)", *_COUNTS])
    if depth == 0:
        return leaf
    inner = number(depth - 1)
    return st.one_of(
        leaf,
        st.tuples(inner, st.sampled_from(["+", "-"]), inner).map(lambda it: f"({it[0]} {it[1]} {it[2]})"),
        st.tuples(inner, inner).map(lambda it: f"min({it[0]}, {it[1]})"),
        st.tuples(st.sampled_from(["round", "floor", "ceiling"]), inner, inner, st.sampled_from(["0.1", "1", "5"])).map(
            lambda it: f"{it[0]}({it[1]} / max({it[2]}, 0.5) to {it[3]})"
        ),
        st.just("years_between(date_demande_pret, filed_on)"),
        st.tuples(condition(depth - 1), inner, inner).map(lambda it: f"(si {it[0]} alors {it[1]} sinon {it[2]})"),
    )


def day() -> Text:
    """A date."""
    leaf = st.sampled_from(["date_demande_pret", "filed_on", "2020-03-01", "2020-02-29"])
    shift = st.sampled_from(["+ 10 jours", "- 1 mois", "+ 2 ans", "+ days_between(filed_on, date_demande_pret)"])
    return st.one_of(leaf, st.tuples(leaf, shift).map(" ".join))


def condition(depth: int) -> Text:
    """Something true, false or unknown."""
    leaf = st.one_of(
        st.sampled_from(
            [
                "ferme_public",
                "exercice_clos",
                "pret = refuse",
                "pret dans (refuse, accepte)",
                "loyer dans besoins",
                "siren(siret) dans liste volet1",
                "chiffre_affaires est connu",
                "starts_with(siret, territory)",
                "quotite > 37.5 %",
                "effectif entre 1 et 10",
                "quelque d dans dettes satisfait d.montant > 10 € ou d.echue",
                "chaque d dans dettes satisfait d.montant > 10 € et (d.nature = territory ou non d.echue)",
                "nombre(d dans dettes où d.nature est connu) > 1",
                "min(d.depuis + 1 mois pour d dans dettes où d.echue) < filed_on",
                "quelque b dans besoins satisfait b = stock",
                "months_between(date_demande_pret, filed_on) >= 1 mois",
                'lookup(volet1, siren(siret), reference) = "A1"',
            ]
        ),
        st.tuples(day(), _COMPARATORS, st.sampled_from(["date_demande_pret", "filed_on"])).map(" ".join),
    )
    if depth == 0:
        return leaf
    inner = condition(depth - 1)
    several = st.lists(inner.map(lambda it: f"({it})"), min_size=2, max_size=3)
    return st.one_of(
        leaf,
        inner.map(lambda it: f"non ({it})"),
        several.map(" et ".join),
        several.map(" ou ".join),
        st.tuples(money(depth - 1), _COMPARATORS, money(depth - 1)).map(" ".join),
        st.tuples(number(depth - 1), _COMPARATORS, number(depth - 1)).map(" ".join),
        st.tuples(inner, inner, inner).map(lambda it: f"(si {it[0]} alors {it[1]} sinon {it[2]})"),
        money(depth - 1).map(lambda it: f"({it}) est connu"),
        inner.map(lambda it: f"({it}) est connu"),
    )


def _computed(texts: list[str]) -> tuple[Condition, ...]:
    return tuple(Condition(f"c{place}", "criterion", Source(text)) for place, text in enumerate(texts))


@st.composite
def some_rules(draw: st.DrawFn) -> Rules:
    """Definitions, conditions, a cascade, indicators; not all of them compile."""
    answered = (Condition("avis", "criterion", None, "judged"), Condition("honneur", "gate", None, "attested"))
    conditions = _computed(draw(st.lists(condition(2), min_size=0, max_size=3)))
    conditions += answered[: draw(st.integers(0, 2))]
    names = st.sampled_from(["montant", "test", "jour"])
    definitions = {
        "montant": Source(draw(money(2))),
        "test": Source(draw(condition(2))),
        "jour": Source(draw(day())),
    }
    steps = [
        Branch(Source(draw(st.one_of(condition(1), st.just("test")))), *draw(_values()))
        for _ in range(draw(st.integers(0, 2)))
    ]
    amount = (*steps, Branch(None, *draw(_values()))) if draw(st.booleans()) else ()
    used = Condition("d", "criterion", Source(f"{draw(names)} est connu ou test ou montant > 10 €"))
    return Rules("2020-04-17", definitions, (*conditions, used), amount, {"i": Source("montant")})


def _values() -> st.SearchStrategy[tuple[Source | None, str | None]]:
    exact = st.one_of(money(2), st.just("montant"), st.just("min(montant, plafond)"))
    return st.one_of(exact.map(lambda text: (Source(text), None)), st.just((None, "paliers")))


def _maybe(values: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.one_of(values, values, values, st.none(), st.just(UNAVAILABLE))


def some_values() -> st.SearchStrategy[dict[str, object]]:
    """A dossier where anything may be unanswered, absent or unavailable."""
    cents = st.one_of(st.integers(-1_000, 1_000), st.integers(0, 10**9))
    days = st.dates(date(2019, 1, 1), date(2021, 12, 31))
    cell = st.one_of(cents, st.none())
    flag = st.sampled_from([True, False, None])
    row = st.fixed_dictionaries(
        {
            "montant": cell,
            "nature": st.sampled_from(["loyer", None]),
            "echue": flag,
            "depuis": st.one_of(days, st.none()),
        }
    )
    full_row = st.fixed_dictionaries(
        {"montant": cents, "nature": st.just("eau"), "echue": st.booleans(), "depuis": days}
    )
    rows = st.one_of(
        st.just(()),
        st.lists(full_row, max_size=3),
        st.lists(row, max_size=3),
    ).map(tuple)
    line = st.fixed_dictionaries({"amount": cell, "reference": st.sampled_from(["A1", "B2", None])})
    choices: dict[str, st.SearchStrategy[object]] = {
        "siret": st.sampled_from(["123 456 789 00011", "12345678900011", "?"]),
        "effectif": st.integers(0, 20),
        "ferme_public": st.booleans(),
        "exercice_clos": st.booleans(),
        "chiffre_affaires": cents.map(abs),
        "ca_mensuel_moyen": cents.map(abs),
        "actif_disponible": cents,
        "dettes_30j": cents.map(abs),
        "charges_fixes": cents.map(abs),
        "pret": st.sampled_from(["refuse", "sans_reponse", "accepte"]),
        "date_demande_pret": days,
        "quotite": st.integers(0, 1000),
        "coefficient": st.integers(0, 500),
        "besoins": st.lists(st.sampled_from(["loyer", "salaires", "stock"]), max_size=3, unique=True).map(tuple),
        "dettes": rows,
        "filed_on": days,
        "territory": st.sampled_from(["reg-53", "123"]),
        "plafond": cents.map(abs),
        "@volet1": st.one_of(st.just(False), st.just(True), line, line),
        "@avis": st.booleans(),
        "@honneur": st.booleans(),
    }
    full = st.fixed_dictionaries(choices)
    holed = st.fixed_dictionaries({}, optional={name: _maybe(each) for name, each in choices.items()})
    return st.one_of(full, holed, st.tuples(full, holed).map(lambda both: {**both[0], **_some_of(both[1])}))


def _some_of(values: dict[str, object]) -> dict[str, object]:
    return dict(list(values.items())[::4])
