"""Texts about what is read by nothing, asked too early, or not there in time."""

from guichet.errors.message import Message

MESSAGES: dict[str, Message] = {
    "unused_parameter": Message(
        fr='le paramètre "{value}" n\'est lu par aucune règle ni aucun texte',
        en='the parameter "{value}" is read by no rule and no text',
        hint_fr="nommez-le dans une expression, ou effacez-le.",
        hint_en="name it in an expression, or remove it.",
    ),
    "unused_definition": Message(
        fr='la définition "{value}" n\'est lue par rien',
        en='the definition "{value}" is read by nothing',
        hint_fr="nommez-la dans une règle, un texte ou une colonne, ou effacez-la.",
        hint_en="name it in a rule, a text or a column, or remove it.",
    ),
    "definition_without_label": Message(
        fr='la définition "{value}" n\'a pas de libellé : la page publique des règles la montre par son identifiant',
        en='the definition "{value}" has no label: the public page of the rules shows it by its id',
        hint_fr="écrivez « {value}: » puis, au-dessous, « label: … » et « value: … » (l'expression).",
        hint_en='write "{value}:" and, below it, "label: …" and "value: …" (the expression).',
    ),
    "function_without_label": Message(
        fr='la fonction "{value}" ne dit pas en mots ce qu\'elle donne : la page des règles la cite par son nom',
        en='the function "{value}" does not say in words what it gives: the rules page quotes its name',
        hint_fr="nommez le calcul dans une définition avec un libellé ; ou demandez un label à qui écrit l'extension.",
        hint_en="name the calculation in a definition with a label; or ask the author of the plugin for a label.",
    ),
    "unused_list": Message(
        fr='la liste "{value}" n\'est consultée par aucune règle',
        en='the list "{value}" is consulted by no rule',
        hint_fr='consultez-la ("… dans liste {value}"), ou effacez-la.',
        hint_en='consult it ("… in list {value}"), or remove it.',
    ),
    "unused_field": Message(
        fr='"{value}" est demandé, et rien ne lit la réponse',
        en='"{value}" is asked, and nothing reads the answer',
        hint_fr="aucune règle, colonne, liste ni paiement ne le nomme : employez-le, montrez-le aux agents"
        " (workflow.columns), ou ne le demandez pas.",
        hint_en="no rule, column, list or payment names it: use it, show it to agents (workflow.columns), or do not ask"
        " for it.",
    ),
    "parameter_without_value": Message(
        fr='le paramètre "{value}" n\'a pas de valeur le {day} : la première date du {first}',
        en='the parameter "{value}" has no value on {day}: the first is of {first}',
        hint_fr="la version du {version} le lit dès ce jour : ajoutez-lui une valeur d'une date antérieure.",
        hint_en="the version of {version} reads it from that day: give it a value of an earlier date.",
    ),
    "example_of_other_day": Message(
        fr="aucun dossier ne serait jugé le {day} : le dispositif est ouvert du {opens} au {closes}",
        en="no dossier would be judged on {day}: the scheme is open from {opens} to {closes}",
        hint_fr='corrigez "on:".',
        hint_en='correct "on:".',
    ),
    "name_without_value": Message(
        fr="{{{value}}} n'a pas de valeur quand ce texte part ({event})",
        en="{{{value}}} has no value when this text goes out ({event})",
        hint_fr="un montant n'est connu qu'après un octroi, une référence de paiement qu'après la mise en paiement.",
        hint_en="an amount is known only after a grant, the reference of a payment only once it is ordered.",
    ),
    "unknown_channel": Message(
        fr='aucune extension n\'apporte le canal "{value}"',
        en='no plugin brings the channel "{value}"',
        hint_fr='[[vouliez-vous dire "{nearest}" ? ]][[Installés : {choices}. ]]'
        "le courriel part toujours ; pour un autre canal, installez son extension.",
        hint_en='[[did you mean "{nearest}"? ]][[Installed: {choices}. ]]'
        "the mail always leaves; for another channel, install its plugin.",
    ),
    "mail_sent_twice": Message(
        fr="le message de {event} part déjà par courriel",
        en="the message of {event} leaves by mail already",
        hint_fr='sous "also:", nommez un autre canal ; le courriel part seul, à l\'adresse du compte.',
        hint_en='under "also:", name another channel; the mail leaves by itself, to the address of the account.',
    ),
    "field_without_address": Message(
        fr='le champ "{value}", de type {type}, ne tient pas d\'adresse',
        en='the field "{value}", of type {type}, holds no address',
        hint_fr="nommez un champ où l'on écrit un numéro, une adresse ou un nom : phone, email ou text.",
        hint_en="name a field where a number, an address or a name is typed: phone, email or text.",
    ),
    "days_reversed": Message(
        fr="cela finit le {last}, avant de commencer le {first}",
        en="this ends on {last}, before it begins on {first}",
        hint_fr="échangez ou corrigez les deux jours.",
        hint_en="exchange or correct the two days.",
    ),
    "days_overlap": Message(
        fr="la période qui commence le {first} chevauche celle du {other} au {until}",
        en="the period that begins on {first} runs over the one from {other} to {until}",
        hint_fr="un jour de suspension ne se compte qu'une fois : réunissez-les, ou corrigez leurs jours.",
        hint_en="a suspended day counts once: join them, or correct their days.",
    ),
    "no_application": Message(
        fr="aucun formulaire ne s'appelle application : c'est par lui que l'on dépose une demande",
        en="no form is called application: it is the one by which people apply",
        hint_fr='écrivez "form:" (un seul formulaire), ou "forms:" avec "application:" en retrait.',
        hint_en='write "form:" (a single form), or "forms:" with "application:" indented below.',
    ),
    "asked_too_early": Message(
        fr='"{field}" dépend de "{value}", demandé plus loin, page "{page}"',
        en='"{field}" depends on "{value}", asked further on, page "{page}"',
        hint_fr="déplacez l'une des deux questions : une question dépend de celles qui la précèdent.",
        hint_en="move one of the two questions: a question depends on those before it.",
    ),
}
