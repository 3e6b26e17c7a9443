"""What the law says of a declaration: each text names its article."""

from guichet.errors.message import Message

MESSAGES: dict[str, Message] = {
    "law.departement_economic": Message(
        fr="un Département ne peut pas donner une aide économique : {territories} ({article})",
        en="a Département cannot give an economic aid: {territories} ({article})",
        hint_fr='si l\'aide est sociale, écrivez "competence: social" et dites-le dans la délibération ; sinon, visez'
        " les Régions : territories: [regions]. En juillet 2020, un payeur a suspendu des versements pour ce motif.",
        hint_en='if the aid is social, write "competence: social" and let the act say so; otherwise mean the Régions:'
        " territories: [regions]. In July 2020 an accountant suspended payments for this reason.",
    ),
    "law.no_agreement": Message(
        fr="cette aide peut dépasser 23 000 € pour un organisme privé, sans convention ({article})",
        en="this aid may exceed 23 000 € for a private body, with no agreement ({article})",
        hint_fr="plafonnez le montant (min(…, 23 000 €)), nommez l'étape où la convention est signée"
        " (legal.convention.stage), ou le texte qui en dispense (legal.convention.exempt).",
        hint_en="cap the amount (min(…, 23 000 €)), name the stage at which the agreement is signed"
        " (legal.convention.stage), or the text that exempts from it (legal.convention.exempt).",
    ),
    "law.agreement_passed_over": Message(
        fr='l\'étape de la convention, "{stage}", peut être passée par une aide de plus de 23 000 € ({article})',
        en='the stage of the agreement, "{stage}", can be passed over by an aid above 23 000 € ({article})',
        hint_fr='sa condition est vraie de tout montant au-dessus du seuil : "when: computed_amount > 23 000 €",'
        ' seule ou jointe à d\'autres par "ou".',
        hint_en='its condition is true of every amount above the threshold: "when: computed_amount > 23 000 €", alone'
        ' or joined to others by "or".',
    ),
    "law.no_state_aid_regime": Message(
        fr="une aide économique dit sous quel régime d'aide d'État elle est donnée ({article})",
        en="an economic aid tells the state-aid regime under which it is given ({article})",
        hint_fr='ajoutez sous "legal:" les lignes « state_aid: » puis « regime: »,'
        " par exemple De minimis (UE) 2023/2831.",
        hint_en='add under "legal:" the lines “state_aid:” then “regime:”, for instance De minimis (EU) 2023/2831.',
    ),
    "law.regime_of_other_days": Message(
        fr="ce règlement vaut du {first} au {last}, et le dispositif ouvre le {opens} ({article})",
        en="this regulation holds from {first} to {last}, and the scheme opens on {opens} ({article})",
        hint_fr="citez le règlement en vigueur à l'ouverture.",
        hint_en="quote the regulation in force at opening.",
    ),
    "law.silence_grants_money": Message(
        fr="le silence gardé sur une demande financière vaut rejet, et non acceptation ({article})",
        en="silence on a request for money means rejection, not acceptance ({article})",
        hint_fr='écrivez "means: rejection" ; si un décret en dispose autrement, citez-le sous "legal:".',
        hint_en='write "means: rejection"; if a decree says otherwise, quote it under "legal:".',
    ),
    "law.silence_delay": Message(
        fr="le silence vaut décision après deux mois ({article})",
        en="silence means a decision after two months ({article})",
        hint_fr='écrivez "after: 2 months" ; si un décret fixe un autre délai, citez-le sous "legal:".',
        hint_en='write "after: 2 months"; if a decree sets another delay, quote it under "legal:".',
    ),
    "law.silence_missing": Message(
        fr='il manque "{key}" : l\'accusé de réception dit ce que vaut le silence, et à quelle date ({article})',
        en='"{key}" is missing: the receipt tells what silence means, and on which date ({article})',
        hint_fr='écrivez "use: cadre_legal" sous "legal:", qui apporte la règle générale.',
        hint_en='write "use: cadre_legal" under "legal:", which brings the general rule.',
    ),
    "law.no_own_account": Message(
        fr="l'écriture \"{value}\" fait partir l'argent du compte bancaire du payeur, et le payeur n'en a pas"
        " ({article})",
        en='the writer "{value}" moves money from the payer\'s own bank account, and the payer has none ({article})',
        hint_fr="une Région ou un Département paie par son comptable public : « writer: {{use:"
        " pivot_logiciel_financier}} ». Si un autre organisme paie, de son propre compte, nommez-le sous"
        " payment.paid_by.",
        hint_en="a Région or a Département pays through its public accountant: “writer: {{use:"
        " pivot_logiciel_financier}}”. If another body pays, from an account of its own, name it under"
        " payment.paid_by.",
    ),
    "law.social_security_number": Message(
        fr='"{value}" demande un numéro de sécurité sociale (NIR), permis seulement si un décret le prévoit'
        " ({article})",
        en='"{value}" asks for a social security number (NIR), allowed only where a decree provides for it ({article})',
        hint_fr="retirez ce champ ; sinon, faites vérifier le décret par le délégué à la protection des données.",
        hint_en="remove this field; otherwise have the data protection officer check the decree.",
    ),
    "law.document_others_give": Message(
        fr='"{value}" demande une pièce qu\'une autre administration donne : {given} ({article})',
        en='"{value}" asks for a document that another administration gives: {given} ({article})',
        hint_fr='demandez-la à la source (prefill:), ou rendez la pièce facultative : "required: false".',
        hint_en='ask the source for it (prefill:), or make the document optional: "required: false".',
    ),
    "law.retention_missing": Message(
        fr='il manque "{key}" : la durée de conservation des dossiers est dite aux demandeurs ({article})',
        en='"{key}" is missing: applicants are told how long dossiers are kept ({article})',
        hint_fr="ajoutez retention: avec granted, refused et dropped.",
        hint_en="add retention: with granted, refused and dropped.",
    ),
    "law.controller_missing": Message(
        fr='il manque "{key}" : le responsable du traitement est dit aux demandeurs ({article})',
        en='"{key}" is missing: applicants are told who the controller is ({article})',
        hint_fr='ajoutez sous "legal:" les lignes « data: » puis « controller: ».',
        hint_en='add under "legal:" the lines “data:” then “controller:”.',
    ),
    "law.officer_missing": Message(
        fr='il manque "{key}" : le délégué à la protection des données est dit aux demandeurs ({article})',
        en='"{key}" is missing: applicants are told who the data protection officer is ({article})',
        hint_fr="ajoutez « dpo: » sous « data: » ; « dpo: à compléter » reprend celui du territoire.",
        hint_en="add “dpo:” under “data:”; “dpo: à compléter” takes that of the territory.",
    ),
    "law.notice_incomplete": Message(
        fr='il manque "{key}" : la notice dit les finalités, la base légale et les destinataires ({article})',
        en='"{key}" is missing: the notice tells the purposes, the legal basis and the recipients ({article})',
        hint_fr='écrivez "use: cadre_legal" sous "legal:", et dites ce qui est propre au dispositif.',
        hint_en='write "use: cadre_legal" under "legal:", and tell what is special to the scheme.',
    ),
    "law.automatic_refusal": Message(
        fr='l\'étape "{stage}" déciderait seule : une personne doit pouvoir refuser ou accorder ({article})',
        en='the stage "{stage}" would decide alone: a person has to be able to refuse or grant ({article})',
        hint_fr="écrivez act: decision ; le calcul est déjà fait quand l'agent décide, en masse s'il le veut.",
        hint_en="write act: decision; all is computed when the agent decides, in mass if wanted.",
    ),
    "law.refusal_without_reasons": Message(
        fr='le critère "{value}" refuserait une aide de droit sans motif ({article})',
        en='the criterion "{value}" would refuse an aid of right without a reason ({article})',
        hint_fr='ajoutez "otherwise:", le motif que le demandeur lira.',
        hint_en='add "otherwise:", the reason that the applicant will read.',
    ),
    "law.letter_without_reasons": Message(
        fr='le courrier "{value}" n\'écrit pas les motifs de la décision ({article})',
        en='the letter "{value}" does not give the reasons of the decision ({article})',
        hint_fr="citez {{decision.reasons}} dans ce texte.",
        hint_en="quote {{decision.reasons}} in this text.",
    ),
    "law.appeal_missing": Message(
        fr='il manque "{key}" : sans voies et délais de recours, le délai ne court pas ({article})',
        en='"{key}" is missing: without the routes and delays of appeal, the delay does not run ({article})',
        hint_fr='ajoutez sous "legal:" les lignes « appeal: » puis « after: 2 months ».',
        hint_en='add under "legal:" the lines “appeal:” then “after: 2 months”.',
    ),
    "law.appeal_delay": Message(
        fr="le délai de recours est de deux mois au moins ({article})",
        en="the delay of appeal is of two months at least ({article})",
        hint_fr='écrivez "after: 2 months".',
        hint_en='write "after: 2 months".',
    ),
    "law.letter_without_appeal": Message(
        fr='le courrier "{value}" ne dit pas quel tribunal saisir ({article})',
        en='the letter "{value}" does not tell which court to turn to ({article})',
        hint_fr="citez {{territory.tribunal}} et son adresse, {{territory.tribunal_address}}.",
        hint_en="quote {{territory.tribunal}} and its address, {{territory.tribunal_address}}.",
    ),
    "law.algorithm_missing": Message(
        fr="la finalité du traitement algorithmique n'est pas dite ({article})",
        en="the purpose of the algorithmic processing is not stated ({article})",
        hint_fr='ajoutez "algorithm:" sous "legal:" ; les courriers portent la mention obligatoire.',
        hint_en='add "algorithm:" under "legal:"; letters carry the compulsory mention.',
    ),
    "law.letter_without_algorithm": Message(
        fr='le courrier "{value}" ne porte pas la mention du traitement algorithmique ({article})',
        en='the letter "{value}" does not bear the mention of the algorithmic processing ({article})',
        hint_fr="citez {{legal.algorithm}} et dites comment demander les règles, comme le fait le bloc"
        " textes_courriers.",
        hint_en="quote {{legal.algorithm}} and tell how to ask for the rules, as the block textes_courriers does.",
    ),
}
