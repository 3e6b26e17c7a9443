"""The French of the keys of the rules, and of the examples that prove them."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["RULES"]

_LABEL, _ARTICLE = "Son nom, tel qu'on le lit.", "L'article d'où il vient."

RULES: Mapping[str, Mapping[str, str]] = {
    "Parameter": {
        "": "Une valeur nommée, avec ses dates d'effet.",
        "label": _LABEL,
        "type": "Ce que sont ses valeurs.",
        "values": "Ses valeurs, chacune sous le premier jour de son effet.",
    },
    "DatedValue": {
        "": "La valeur d'un paramètre à partir d'un jour.",
        "value": "La valeur, écrite selon son type.",
        "legal": _ARTICLE,
        "unverified": "Pourquoi les sources n'établissent pas cette valeur, montré par `guichet check`.",
    },
    "RuleVersion": {
        "": "Les règles à partir d'un jour ; une version reprend la précédente et ne dit que ce qui change.",
        "legal": "Le texte en vigueur à partir de ce jour.",
        "define": "Des valeurs nommées, chacune une expression, ou une expression avec son libellé.",
        "gates": "Ce qui doit être vrai pour que le formulaire s'ouvre.",
        "criteria": "Ce qui doit être vrai pour être éligible.",
        "indicators": "Ce que les agents voient à côté.",
        "scales": "Des barèmes par tranches, chacun nommé comme une définition.",
        "amount": "La cascade qui donne le montant : les branches essayées dans l'ordre.",
        "amounts": "Ou plusieurs montants par identifiant ; celui de l'aide est leur somme.",
        "repayment": "Comment une avance se rembourse ; rien : rien ne se rembourse.",
    },
    "Gate": {
        "": "Un critère qui doit être vrai pour que le formulaire s'ouvre.",
        "label": _LABEL,
        "when": "La condition qui doit être vraie.",
        "otherwise": "Ce que lit le demandeur quand elle est fausse.",
        "legal": _ARTICLE,
    },
    "Criterion": {
        "": "Une condition nommée : calculée (`when`), attestée par le demandeur, ou jugée par une instance.",
        "label": _LABEL,
        "when": "La condition, pour un critère calculé.",
        "attested": "`on_honour` : le demandeur l'atteste en déposant.",
        "checked_by": "L'instance qui le juge.",
        "text": "Ce que le demandeur atteste, ou ce qu'on demande à l'instance de juger.",
        "otherwise": "La raison imprimée quand il est faux ; `{reason}` cite celle de l'instance.",
        "reasons": "Les raisons qu'une instance peut choisir quand elle juge défavorablement.",
        "legal": _ARTICLE,
    },
    "Definition": {
        "": "Une valeur nommée des règles : une expression seule, ou avec le nom qu'on en lit.",
        "label": _LABEL,
        "value": "L'expression qui la donne.",
    },
    "Indicator": {
        "": "Une valeur nommée montrée aux agents.",
        "label": "Son nom, tel que les agents le lisent.",
        "value": "L'expression qui la donne.",
    },
    "Scale": {
        "": "Un barème : dans quelle tranche tombe une valeur, et ce qui s'ensuit.",
        "label": _LABEL,
        "of": "La valeur qu'on y cherche.",
        "method": "`step` : ce que dit la tranche ; `marginal` : chaque part à son taux ; `progressive` : tout à un.",
        "round": "L'unité à laquelle on arrondit, comme `0.01 €`.",
        "brackets": "Les tranches, de la plus basse à la plus haute ; la dernière est `else`.",
        "legal": _ARTICLE,
        "unverified": "Pourquoi les sources n'établissent pas ce barème, montré par `guichet check`.",
    },
    "Bracket": {
        "": "Une tranche, jusqu'à une borne comprise (`up_to`) ou exclue (`below`), ou au-delà de toutes (`else`).",
        "up_to": "La dernière valeur de la tranche, comprise.",
        "below": "La première valeur après la tranche.",
        "then": "Ce que donne la tranche : une valeur, ou un taux.",
        "otherwise": "Ce qui est donné au-delà de toutes les autres.",
        "legal": _ARTICLE,
    },
    "Branch": {
        "": "Une branche du montant : `always`, `if … then`, `else`, ou un cas que les sources n'établissent pas.",
        "always": "Le montant de tous les cas, seul dans sa cascade.",
        "condition": "La condition de la branche.",
        "then": "Le montant quand la condition est vraie.",
        "otherwise": "Le montant des cas qu'aucune branche avant n'a pris.",
        "unverified": "Pourquoi les sources n'établissent pas ce cas : le montant reste indéterminé, jamais deviné.",
        "legal": _ARTICLE,
    },
    "Part": {
        "": "Un des montants d'une aide qui en a plusieurs ; celui de l'aide est leur somme.",
        "label": _LABEL,
        "kind": "`grant` (subvention), ou `advance` (avance remboursable).",
        "amount": "La cascade qui le donne ; un cas où rien n'est dû donne 0 €.",
        "legal": _ARTICLE,
    },
    "Repayment": {
        "": "L'échéancier d'une avance remboursable, sans intérêt : un différé, puis des échéances égales.",
        "grace": "Combien de temps après la décision tombe la première échéance.",
        "over": "De la première échéance à la fin de la dernière : une durée, ou le nom d'une définition.",
        "every": "Le temps entre deux échéances. La dernière prend les centimes qui restent, et aucune n'est de zéro.",
        "legal": _ARTICLE,
        "unverified": "Pourquoi les sources ne l'établissent pas, montré par `guichet check`.",
    },
    "Examples": {
        "": "Les exemples d'un dispositif, dans l'ordre du fichier.",
        "format": "La version de l'écriture des déclarations.",
        "examples": "Les exemples par identifiant.",
    },
    "Example": {
        "": "Un cas : le jour qui juge, les réponses, les faits, et ce que les règles doivent dire.",
        "title": "Ce qu'est le cas.",
        "like": "Un exemple plus haut, dont celui-ci reprend réponses, faits et avis.",
        "on": "Le jour qui juge ; sinon, celui de l'ouverture.",
        "territory": "Le territoire dont le dispositif juge ; rien : celui qui est partagé.",
        "answers": "Champ → réponse, comme un demandeur la taperait ; `null` retire celle qui est reprise.",
        "facts": "Liste → `true`, `false` (n'y est pas), `null` (muette), ou ses colonnes.",
        "checks": "Critère attesté ou jugé → `true`, `false`, ou `null`.",
        "expect": "Ce que les règles doivent dire.",
    },
    "Expected": {
        "": "Le résultat attendu ; ce qui n'est pas dit n'est pas comparé.",
        "outcome": "Le résultat.",
        "amount": "Le montant ; toujours comparé quand le résultat est `eligible`.",
        "provisional": "Le montant tant que seuls manquent des critères attestés ou jugés.",
        "failed": "Les contrôles et critères faux, dans l'ordre du fichier.",
        "missing": "Les champs sans réponse dont dépend le résultat, dans l'ordre du formulaire.",
        "unavailable": "Les listes muettes.",
        "awaited": "Les critères attestés ou jugés qui attendent une réponse.",
    },
}
