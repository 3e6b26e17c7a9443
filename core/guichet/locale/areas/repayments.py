"""Texts about the parts of an amount and the schedule of an advance."""

from guichet.locale.texts import Text

TEXTS: dict[str, Text] = {
    "advance": Text("{label} (avance à rembourser)", "{label} (advance to be paid back)"),
    "colon": Text(" : ", ": "),
    "title": Text("Remboursement", "Repayment"),
    "terms": Text(
        "{count} échéances de {each}, une {every} ; la première {grace} après la décision",
        "{count} instalments of {each}, one {every}; the first one {grace} after the decision",
        fr_one="une échéance de {each}, {grace} après la décision",
        en_one="one instalment of {each}, {grace} after the decision",
    ),
    "rule": Text(
        "L’avance se rembourse sans intérêt, en échéances égales : la première {grace} après la décision, puis une"
        " {every}. Durée du remboursement : {over}.",
        "The advance is paid back without interest, in equal instalments: the first one {grace} after the decision,"
        " then one {every}. Length of the repayment: {over}.",
    ),
    "instalment": Text("Échéance {number}", "Instalment {number}"),
    "due": Text("{amount}, le {day}", "{amount}, {day}"),
    "each_days": Text("tous les {count} jours", "every {count} days", fr_one="chaque jour", en_one="every day"),
    "each_months": Text("tous les {count} mois", "every {count} months", fr_one="chaque mois", en_one="every month"),
    "each_years": Text("tous les {count} ans", "every {count} years", fr_one="chaque année", en_one="every year"),
    "days": Text("{count} jours", "{count} days", fr_one="{count} jour", en_one="{count} day"),
    "months": Text("{count} mois", "{count} months", fr_one="{count} mois", en_one="{count} month"),
    "years": Text("{count} ans", "{count} years", fr_one="{count} an", en_one="{count} year"),
}
