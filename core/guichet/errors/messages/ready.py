"""What the launch list asks for before a real opening."""

from guichet.errors.message import Message

MESSAGES = {
    "ready.to_supply": Message(
        fr="{name} reste à compléter",
        en="{name} is still to be supplied",
        hint_fr="écrivez-le dans votre installation, sous ce nom[[ ou, pour ce territoire, sous {instead}]].",
        hint_en="write it in your instance, under this name[[ or, for this territory, under {instead}]].",
    ),
    "ready.no_signatory": Message(
        fr="personne ne peut signer pour « {issuer} » le {day} (étape {stage})",
        en='nobody may sign for "{issuer}" on {day} (stage {stage})',
        hint_fr="ajoutez sous signatories un nom, une qualité, et une délégation dont les dates comprennent ce jour.",
        hint_en="add under signatories a name, a quality, and a delegation whose dates hold on that day.",
    ),
    "ready.no_impact_assessment": Message(
        fr="aucune date d'analyse d'impact (RGPD, art. 35)",
        en="no date of an impact assessment (GDPR, art. 35)",
        hint_fr="legal.data.dpia : le jour où elle a été validée ; non requise : --waive impact_assessment.",
        hint_en="legal.data.dpia: the day it was validated; when none is required, --waive impact_assessment.",
    ),
    "ready.dated_later": Message(
        fr="{name} est daté du {day}, qui n'est pas encore venu",
        en="{name} is dated {day}, which has not come yet",
    ),
    "ready.no_homologation": Message(
        fr="aucune homologation de sécurité (RGS)",
        en="no security homologation (RGS)",
        hint_fr="legal.homologation : decided et until, les jours entre lesquels la décision vaut.",
        hint_en="legal.homologation: decided and until, the days between which the decision holds.",
    ),
    "ready.homologation_not_then": Message(
        fr="l'homologation vaut du {first} au {until} : pas à l'ouverture, le {day}",
        en="the homologation holds from {first} to {until}: not at the opening, on {day}",
    ),
    "ready.no_accessibility": Message(
        fr="aucune déclaration d'accessibilité (loi n° 2005-102, art. 47)",
        en="no accessibility statement (loi n° 2005-102, art. 47)",
        hint_fr="accessibility : status (none, partial, full), assessed (le jour) et statement (son adresse), dans le"
        " fichier du territoire.",
        hint_en="accessibility: status (none, partial, full), assessed (the day) and statement (its address), in the"
        " territory's file.",
    ),
    "ready.no_visa": Message(
        fr="les durées de conservation n'ont pas le visa des archives",
        en="the retention periods bear no visa of the archives",
        hint_fr="legal.retention.visa : sa référence et sa date.",
        hint_en="legal.retention.visa: its reference and its date.",
    ),
    "ready.no_mail_server": Message(
        fr="aucun serveur de messagerie : les messages deviennent des fichiers et n'arrivent à personne",
        en="no mail server: messages become files and reach nobody",
        hint_fr="nommez le serveur, puis essayez-le : guichet ready … --send-test ADRESSE.",
        hint_en="name the server, then test it: guichet ready … --send-test ADDRESS.",
    ),
    "ready.sender_not_tested": Message(
        fr="aucun message d'essai n'est parti",
        en="no test message was sent",
        hint_fr="guichet ready {scheme} --territory {territory} --send-test ADRESSE, puis --acknowledge CODE.",
        hint_en="guichet ready {scheme} --territory {territory} --send-test ADDRESS, then --acknowledge CODE.",
    ),
    "ready.sender_not_read": Message(
        fr="le message d'essai du {day} n'a été lu par personne",
        en="nobody has read the test message of {day}",
        hint_fr="s'il est arrivé : guichet ready {scheme} --territory {territory} --acknowledge CODE --by NOM.",
        hint_en="if it arrived: guichet ready {scheme} --territory {territory} --acknowledge CODE --by NAME.",
    ),
    "ready.channel_not_set": Message(
        fr='le canal "{channel}" n\'est pas réglé : {said_fr}',
        en='the channel "{channel}" is not set up: {said_en}',
        hint_fr="écrivez ses options dans instance.yaml, sous « services: », « {channel}: ».",
        hint_en='write its options in instance.yaml, under "services:", "{channel}:".',
    ),
    "ready.sender_changed": Message(
        fr="les réglages de la messagerie ont changé depuis l'essai du {day}",
        en="the mail settings have changed since the test of {day}",
        hint_fr="refaites l'essai : guichet ready {scheme} --territory {territory} --send-test ADRESSE.",
        hint_en="test again: guichet ready {scheme} --territory {territory} --send-test ADDRESS.",
    ),
    "ready.too_few_agents": Message(
        fr="agents ayant le rôle {role_fr} ({body}) : {count}, il en faut deux",
        en="agents with the role {role_en} ({body}): {count}, two are needed",
        hint_fr="guichet agents import FICHIER.csv : leurs adresses, rôles et organismes pour {territory}.",
        hint_en="guichet agents import FILE.csv: their addresses, roles and organisations for {territory}.",
    ),
    "ready.closed": Message(
        fr="le dispositif a fermé le {day}",
        en="the scheme closed on {day}",
    ),
    "ready.no_envelope": Message(
        fr="aucune enveloppe, et l'aide n'est pas de droit",
        en="no envelope, and the aid is not of right",
        hint_fr="envelope : ceiling, across et when_spent ; sans plafond voulu, --waive envelope.",
        hint_en="envelope: ceiling, across and when_spent; when no ceiling is wanted, --waive envelope.",
    ),
    "ready.no_example": Message(
        fr="{scheme} n'a pas d'exemple",
        en="{scheme} has no example",
        hint_fr="écrivez examples.yaml à côté du dispositif.",
        hint_en="write examples.yaml beside the scheme.",
    ),
    "ready.examples_unconfirmed": Message(
        fr="exemples encore « à confirmer » : {count} sur {of}",
        en="examples still to be confirmed: {count} of {of}",
        hint_fr="comparez chacun au texte ; juste, effacez sa ligne « À CONFIRMER » et changez son titre : {examples}.",
        hint_en="compare each with the legal text; when it holds, delete its TO CONFIRM line and change its title:"
        " {examples}.",
    ),
    "ready.no_example_for_letter": Message(
        fr="aucun exemple ne donne un dossier pour le courrier {letter}",
        en="no example gives a dossier for the letter {letter}",
        hint_fr="ajoutez à examples.yaml un cas qui mène à cette décision.",
        hint_en="add to examples.yaml a case that leads to this decision.",
    ),
    "ready.letter_fails": Message(
        fr="le courrier {letter} ne se fait pas (exemple {example}) : {error_fr}",
        en="the letter {letter} cannot be made (example {example}): {error_en}",
    ),
    "ready.letter_unfinished": Message(
        fr="le courrier {letter} dit encore « {line} » : {part_fr}",
        en='the letter {letter} still says "{line}": {part_en}',
        hint_fr="complétez le territoire, le dispositif ou le texte du courrier.",
        hint_en="complete the territory, the scheme or the text of the letter.",
    ),
    "ready.unknown_item": Message(
        fr="la liste d'ouverture n'a pas de point \"{value}\"",
        en='the launch list has no item "{value}"',
        hint_fr="[[vouliez-vous dire « {nearest} » ? ]]Points : {choices}.",
        hint_en="[[did you mean “{nearest}”? ]]Items: {choices}.",
    ),
    "ready.waiver_unsigned": Message(
        fr="une dispense dit pourquoi et qui la prend",
        en="a waiver says why, and who gives it",
        hint_fr='ajoutez --because "le motif" --by "Prénom Nom".',
        hint_en='add --because "the reason" --by "First Last".',
    ),
    "ready.unwaiver_unsigned": Message(
        fr="une reprise de dispense dit qui la décide",
        en="a waiver taken back says who decides it",
        hint_fr='ajoutez --by "Prénom Nom".',
        hint_en='add --by "First Last".',
    ),
    "ready.not_waived": Message(
        fr="{item} n'a pas de dispense",
        en="{item} is not waived",
    ),
    "ready.no_test_awaits": Message(
        fr="aucun message d'essai n'attend d'accusé pour {territory}",
        en="no test message awaits an acknowledgement for {territory}",
        hint_fr="envoyez-en un : --send-test ADRESSE.",
        hint_en="send one: --send-test ADDRESS.",
    ),
    "ready.code_differs": Message(
        fr="ce code n'est pas celui du dernier message d'essai de {territory}",
        en="this code is not the one of the last test message of {territory}",
        hint_fr="il a huit caractères, à la fin du message ; un nouvel essai (--send-test) change de code.",
        hint_en="it has eight characters, at the end of the message; a new test (--send-test) has a new code.",
    ),
    "ready.bad_address": Message(
        fr='"{value}" n\'est pas une adresse électronique',
        en='"{value}" is not an e-mail address',
        hint_fr="écrivez l'adresse d'une boîte que vous pouvez lire : --send-test prenom.nom@exemple.fr.",
        hint_en="write the address of a mailbox you can read: --send-test first.last@example.org.",
    ),
    "ready.test_not_sent": Message(
        fr="le message d'essai n'est pas parti : {error}",
        en="the test message did not leave: {error}",
    ),
    "ready.which_territory": Message(
        fr="pour quel territoire ?",
        en="for which territory?",
        hint_fr="--territory reg-53, ou --all pour tous ceux que vise {scheme}.",
        hint_en="--territory reg-53, or --all for every one {scheme} is meant for.",
    ),
    "ready.reader_unnamed": Message(
        fr="qui a lu le message d'essai ?",
        en="who read the test message?",
        hint_fr='ajoutez --by "Prénom Nom".',
        hint_en='add --by "First Last".',
    ),
}
