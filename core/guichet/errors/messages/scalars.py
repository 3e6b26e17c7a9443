"""Texts that are not the money, number, day, period or name expected, in declarations and in forms."""

from __future__ import annotations

from guichet.errors.message import Message

_DECLARED: dict[str, Message] = {
    "scalar.money": Message(
        fr="« {text} » n'est pas un montant",
        en='"{text}" is not an amount of money',
        hint_fr="écrivez [[{meant} ; sinon, ]]par exemple 2 000 €, 3 500,50 € ou 3500.50.",
        hint_en="write [[{meant}; otherwise, ]]for instance 2 000 €, 3 500,50 € or 3500.50.",
    ),
    "scalar.whole": Message(
        fr="« {text} » n'est pas un nombre entier",
        en='"{text}" is not a whole number',
        hint_fr="écrivez par exemple 12 ou 1 000.",
        hint_en="write for instance 12 or 1 000.",
    ),
    "scalar.decimal": Message(
        fr="« {text} » n'est pas un nombre",
        en='"{text}" is not a number',
        hint_fr="écrivez par exemple 0.5 ou 1 000.25, avec un point.",
        hint_en="write for instance 0.5 or 1 000.25, with a point.",
    ),
    "scalar.rate": Message(
        fr="« {text} » n'est pas un taux",
        en='"{text}" is not a rate',
        hint_fr="écrivez par exemple 37.5 % ou 37,5 %.",
        hint_en="write for instance 37.5 % or 37,5 %.",
    ),
    "scalar.comma_without_unit": Message(
        fr="« {text} » : la virgule n'est admise que devant une unité (€ ou %)",
        en='"{text}": a comma is accepted only before a unit (€ or %)',
        hint_fr="écrivez {point}, ou {text} suivi de son unité.",
        hint_en="write {point}, or {text} followed by its unit.",
    ),
    "scalar.too_many_decimals": Message(
        fr="« {text} » a plus de {allowed} décimales",
        en='"{text}" has more than {allowed} decimals',
        hint_fr="arrondissez-le vous-même : Guichet ne le fait jamais sans qu'on le lui dise.",
        hint_en="round it yourself: Guichet never does without being told.",
    ),
    "scalar.too_large": Message(
        fr="« {text} » est trop grand",
        en='"{text}" is too large',
        hint_fr="le plus grand nombre admis est 9 223 372 036 854 775 807 (en centimes pour un montant).",
        hint_en="the largest number accepted is 9 223 372 036 854 775 807 (in cents for money).",
    ),
    "scalar.month": Message(
        fr="« {text} » n'est pas un mois",
        en='"{text}" is not a month',
        hint_fr="l'année d'abord, comme 2020-04.",
        hint_en="the year comes first, as in 2020-04.",
    ),
    "scalar.format": Message(
        fr="ce Guichet ne lit pas le format « {text} »",
        en='this Guichet does not read format "{text}"',
        hint_fr="écrivez format: {current}.",
        hint_en="write format: {current}.",
    ),
    "scalar.flag": Message(
        fr="« {text} » n'est ni true ni false",
        en='"{text}" is neither true nor false',
        hint_fr="écrivez [[{meant}, pas {text} ; les seuls mots admis sont ]]true (oui) ou false (non).",
        hint_en="write [[{meant}, not {text}; the only words accepted are ]]true or false.",
    ),
    "scalar.day": Message(
        fr="« {text} » n'est pas un jour",
        en='"{text}" is not a day',
        hint_fr="l'année d'abord, comme 2020-04-01[[ ; ici sans doute {meant}]].",
        hint_en="the year comes first, as in 2020-04-01[[; here probably {meant}]].",
    ),
    "scalar.no_such_day": Message(
        fr="« {text} » n'existe pas dans le calendrier",
        en='"{text}" does not exist in the calendar',
        hint_fr="vérifiez le jour, le mois et l'heure.",
        hint_en="check day, month and hour.",
    ),
    "scalar.far_day": Message(
        fr="« {text} » est d'une année improbable",
        en='"{text}" is of an unlikely year',
        hint_fr="les jours d'une déclaration vont de {first} à {last}.",
        hint_en="the days of a declaration go from {first} to {last}.",
    ),
    "scalar.instant": Message(
        fr="« {text} » n'est pas un jour suivi d'une heure",
        en='"{text}" is not a day followed by an hour',
        hint_fr="écrivez par exemple [[{meant} ou ]]2020-04-15T08:00, à l'heure du territoire, sans fuseau.",
        hint_en="write for instance [[{meant} or ]]2020-04-15T08:00, in the territory's time, without zone.",
    ),
    "scalar.period": Message(
        fr="« {text} » n'est pas une durée",
        en='"{text}" is not a length of time',
        hint_fr="écrivez un nombre et une unité : 5 jours, 2 mois, 10 ans (ou 5 days, 2 months, 10 years).",
        hint_en="write a number and a unit: 5 days, 2 months, 10 years (or 5 jours, 2 mois, 10 ans).",
    ),
    "scalar.identifier": Message(
        fr="« {text} » ne peut pas servir de nom dans une expression",
        en='"{text}" cannot serve as a name in an expression',
        hint_fr="des lettres, des chiffres et « _ », sans chiffre au début ni trait d'union[[ ; par exemple {meant}]].",
        hint_en='letters, digits and "_", no digit first, no hyphen[[; for instance {meant}]].',
    ),
    "scalar.slug": Message(
        fr="« {text} » ne peut pas servir de nom de dossier ou d'adresse",
        en='"{text}" cannot serve as the name of a folder or an address',
        hint_fr="des minuscules sans accent, des chiffres, et des traits d'union entre eux[[ ; par exemple {meant}]].",
        hint_en="small letters without accents, digits, and hyphens between them[[; for instance {meant}]].",
    ),
}

_TYPED: dict[str, Message] = {
    "input.money": Message(
        fr="« {text} » n'est pas un montant",
        en='"{text}" is not an amount of money',
        hint_fr="Écrivez par exemple 1 234,50.",
        hint_en="Write for instance 1234.50.",
    ),
    "input.cents": Message(
        fr="« {text} » a plus de deux chiffres après la virgule",
        en='"{text}" has more than two digits after the point',
        hint_fr="Arrondissez au centime, par exemple 1 234,50.",
        hint_en="Round to the cent, for instance 1234.50.",
    ),
    "input.whole": Message(
        fr="« {text} » n'est pas un nombre entier",
        en='"{text}" is not a whole number',
        hint_fr="Écrivez par exemple 12.",
        hint_en="Write for instance 12.",
    ),
    "input.decimal": Message(
        fr="« {text} » n'est pas un nombre",
        en='"{text}" is not a number',
        hint_fr="Écrivez par exemple 12,5.",
        hint_en="Write for instance 12.5.",
    ),
    "input.ambiguous_number": Message(
        fr="« {text} » peut se lire de deux façons",
        en='"{text}" can be read in two ways',
        hint_fr="Écrivez {thousands} ou {decimal}, selon ce que vous voulez dire.",
        hint_en="Write {thousands} or {decimal}, whichever you mean.",
    ),
    "input.too_large": Message(
        fr="« {text} » est un nombre trop grand",
        en='"{text}" is too large a number',
        hint_fr="Vérifiez le nombre de chiffres.",
        hint_en="Check the number of digits.",
    ),
    "input.day": Message(
        fr="« {text} » n'est pas une date",
        en='"{text}" is not a date',
        hint_fr="Écrivez le jour, le mois et l'année, par exemple 20/04/2020.",
        hint_en="Write day, month and year, for instance 20/04/2020.",
    ),
    "input.short_year": Message(
        fr="L'année de « {text} » n'a pas quatre chiffres",
        en='The year of "{text}" does not have four digits',
        hint_fr="Écrivez l'année en entier, par exemple 20/04/2020.",
        hint_en="Write the year in full, for instance 20/04/2020.",
    ),
    "input.no_such_day": Message(
        fr="La date « {text} » n'existe pas",
        en='The date "{text}" does not exist',
        hint_fr="Vérifiez le jour et le mois ; le jour s'écrit en premier.",
        hint_en="Check day and month; the day comes first.",
    ),
    "input.control_character": Message(
        fr="Ce texte contient un caractère invisible ({character})",
        en="This text holds an invisible character ({character})",
        hint_fr="Retapez-le au lieu de le coller.",
        hint_en="Type it instead of pasting it.",
    ),
}

MESSAGES: dict[str, Message] = {**_DECLARED, **_TYPED}
