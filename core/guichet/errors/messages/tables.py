"""Texts about the tables of a scheme: bracket tables, several amounts, lists of codes."""

from guichet.errors.message import Message
from guichet.errors.messages.scheme import unknown_name

MESSAGES: dict[str, Message] = {
    "repayment_without_length": Message(
        fr='"{value}" n\'est ni une durée en mois ou en années, ni une définition qui en donne une',
        en='"{value}" is neither a duration in months or years, nor a definition that gives one',
        hint_fr='[[vouliez-vous dire "{nearest}" ? ]]'
        "écrivez par exemple 24 mois, ou le nom d'une définition : « si … alors 12 mois sinon 24 mois ».",
        hint_en='[[did you mean "{nearest}"? ]]'
        "write for example 24 months, or the name of a definition: “if … then 12 months else 24 months”.",
    ),
    "request_without_due": Message(
        fr="une demande de paiement dit ce qu'elle rend dû, et le dispositif comment il paie",
        en="a payment request says what it makes due, and the scheme how it pays",
        hint_fr="ajoutez later_forms.payment_request.due, tel que arrondi(somme(factures.montant) * 70 % à 0.01 €).",
        hint_en="add later_forms.payment_request.due, such as round(sum(invoices.amount) * 70 % to 0.01 €).",
    ),
    "unknown_part": unknown_name('montant inconnu "{value}"', 'unknown amount "{value}"'),
    "extension_of_nothing": Message(
        fr="une prolongation demande un jour, et prolonge le délai d'une demande de paiement",
        en="an extension asks a day, and makes the delay of a payment request longer",
        hint_fr="donnez-lui un champ de type date, et `within` à later_forms.payment_request.",
        hint_en="give it a field of type date, and `within` to later_forms.payment_request.",
    ),
    "unknown_award_list": unknown_name('liste inconnue "{value}"', 'unknown list "{value}"'),
    "bracket_one_shape": Message(
        fr="une tranche a une borne et ce qu'elle donne, ou seulement `else`",
        en="a bracket has a bound and what it gives, or only `else`",
        hint_fr="écrivez {{up_to: 50 000 €, then: 3 500 €}}, {{below: …, then: …}}, ou pour la dernière {{else: …}}.",
        hint_en="write {{up_to: 50 000 €, then: 3 500 €}}, {{below: …, then: …}}, or for the last one {{else: …}}.",
    ),
    "scale_rounding": Message(
        fr="`round` va avec les méthodes marginal et progressive, et avec elles seules",
        en="`round` goes with the methods marginal and progressive, and only with them",
        hint_fr="un produit par un taux s'arrondit : ajoutez `round: \"0.01 €\"`, ou retirez-le d'un tableau `step`.",
        hint_en='a product by a rate is rounded: add `round: "0.01 €"`, or remove it from a `step` table.',
    ),
    "scale_without_else": Message(
        fr="la dernière tranche, et elle seule, est `else`",
        en="the last bracket, and only the last one, is `else`",
        hint_fr="dites ce que donne la table au-delà de toutes ses bornes.",
        hint_en="say what the table gives beyond all its bounds.",
    ),
    "scale_order": Message(
        fr="la borne {bound} ne dépasse pas la précédente, {before}",
        en="the bound {bound} is not above the one before, {before}",
        hint_fr="rangez les tranches de la plus basse à la plus haute : sinon celle-ci n'est jamais prise.",
        hint_en="put the brackets from the lowest up: otherwise this one is never taken.",
    ),
    "scale_too_long": Message(
        fr="la table \"{value}\" a {brackets} tranches : c'est plus qu'une expression n'en peut contenir",
        en='the table "{value}" has {brackets} brackets: more than one expression can hold',
        hint_fr="nommez la valeur de `of` dans define, ou partagez la table en deux, entre lesquelles une définition"
        " choisit : si x <= borne alors premiere sinon seconde.",
        hint_en="name the value of `of` in define, or split the table in two, between which a definition chooses:"
        " if x <= bound then first else second.",
    ),
    "scale_without_rate": Message(
        fr='"{value}" n\'est pas un taux, et la méthode {method} multiplie par un taux',
        en='"{value}" is not a rate, and the method {method} multiplies by a rate',
        hint_fr="écrivez un taux, tel que 7,5 %.",
        hint_en="write a rate, such as 7.5 %.",
    ),
    "part_without_else": Message(
        fr="la cascade d'un montant finit par `else` ou `always`, sans cas `unverified`",
        en="the cascade of a part of the amount ends with `else` or `always`, without an `unverified` case",
        hint_fr="quand rien n'est dû, le montant est 0 €.",
        hint_en="where nothing is due, the amount is 0 €.",
    ),
    "amount_or_amounts": Message(
        fr="une version a `amount` ou `amounts`, pas les deux",
        en="a version has `amount` or `amounts`, not both",
        hint_fr="le montant de l'aide est la somme de `amounts` : retirez `amount`.",
        hint_en="the amount of the aid is the sum of `amounts`: remove `amount`.",
    ),
    "name_of_list_taken": Message(
        fr='"{value}" est déjà le nom d\'une liste de référence',
        en='"{value}" is already the name of a reference list',
        hint_fr="donnez un autre nom à l'une des deux.",
        hint_en="give one of the two another name.",
    ),
    "unknown_nomenclature": unknown_name('nomenclature inconnue "{value}"', 'unknown nomenclature "{value}"'),
    "unknown_code": Message(
        fr='aucun code de {nomenclature} ne commence par "{value}"',
        en='no code of {nomenclature} starts with "{value}"',
        hint_fr='[[vouliez-vous dire "{nearest}" ? ]][[Possibles : {choices}. ]]'
        "Écrivez un code de {nomenclature}, ou son début ; un code d'une autre nomenclature va dans une liste sans "
        "« nomenclature ».",
        hint_en='[[did you mean "{nearest}"? ]][[Possible: {choices}. ]]'
        "Write a code of {nomenclature}, or how it begins; a code of another nomenclature goes in a list without "
        '"nomenclature".',
    ),
    "exception_from_nothing": Message(
        fr="l'exception \"{value}\" n'est dans aucun des codes de cette liste",
        en='the exception "{value}" is in none of the codes of this list',
        hint_fr="retirez-la, ou ajoutez sous `codes` ce dont elle est l'exception.",
        hint_en="remove it, or add under `codes` what it is an exception from.",
    ),
}
