"""Replays: what new rules change for dossiers, in a table and in sentences."""

from guichet.locale.texts import Text

TEXTS = {
    "territory": Text("territoire", "territory"),
    "everywhere": Text("tous", "all"),
    "dossiers": Text("dossiers", "dossiers"),
    "gains": Text("gagnent", "gain"),
    "loses": Text("perdent", "lose"),
    "raised": Text("hausse", "up"),
    "lowered": Text("baisse", "down"),
    "same": Text("égal", "same"),
    "open": Text("indét.", "undet."),
    "reexamine": Text("à réexaminer", "to examine"),
    "before": Text("avant", "before"),
    "after": Text("après", "after"),
    "difference": Text("écart", "difference"),
    "law": Text("Avant : {before}. Après : {after}.", "Before: {before}. After: {after}."),
    "side": Text("{scheme}, règles du {day}", "{scheme}, rules of {day}"),
    "side_own": Text("{scheme}, au jour de chaque dossier", "{scheme}, on each dossier’s own day"),
    "nothing_decided": Text(
        "Rien n’est décidé : la liste à réexaminer nomme des dossiers, quelqu’un les rouvre.",
        "Nothing is decided: the list names dossiers to examine again, somebody reopens them.",
    ),
    "written": Text("Écrit : {path}", "Written: {path}"),
    "column_reference": Text("référence", "reference"),
    "column_territory": Text("territoire", "territory"),
    "column_change": Text("changement", "change"),
    "column_outcome_before": Text("résultat avant", "outcome before"),
    "column_outcome_after": Text("résultat après", "outcome after"),
    "column_amount_before_cents": Text("montant avant (centimes)", "amount before (cents)"),
    "column_amount_after_cents": Text("montant après (centimes)", "amount after (cents)"),
    "column_difference_cents": Text("écart (centimes)", "difference (cents)"),
    "column_to_ask": Text("questions à poser", "questions to ask"),
    "ask": Text("à interroger", "to ask"),
    "column_end": Text("fin", "end"),
    "column_reasons_before": Text("critères non remplis avant", "criteria not met before"),
}
