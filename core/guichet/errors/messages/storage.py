"""Texts of what the store refuses."""

from guichet.errors.message import Message

MESSAGES: dict[str, Message] = {
    "storage.stale_dossier": Message(
        fr="dossier {reference} : déjà modifié par {by} le {at}",
        en="dossier {reference}: already changed by {by} on {at}",
        hint_fr="rouvrez le dossier pour voir ce qui a changé, puis recommencez.",
        hint_en="open the dossier again to see what changed, then try again.",
    ),
    "storage.already_granted": Message(
        fr="une aide du dispositif {scheme} a déjà été accordée à ce demandeur",
        en="an aid of {scheme} has already been granted to this applicant",
        hint_fr="retirez d'abord la décision existante, ou refusez ce dossier.",
        hint_en="revoke the existing decision first, or refuse this dossier.",
    ),
    "storage.envelope_exhausted": Message(
        fr="l'enveloppe n'a pas assez de crédits",
        en="the envelope has not enough left",
        hint_fr="relevez son plafond ; le dossier attend les crédits, à sa date de dépôt.",
        hint_en="raise its ceiling; the dossier waits for funds, by its filing instant.",
    ),
    "storage.already_ordered": Message(
        fr="cette échéance a déjà une mise en paiement",
        en="this instalment already has a payment order",
        hint_fr="une nouvelle n'est possible qu'après le rejet de la première.",
        hint_en="another is possible only once the first is rejected.",
    ),
    "storage.parts_differ": Message(
        fr="les montants d'une somme en font {parts} centimes, et non {cents}",
        en="the amounts of a sum make {parts} cents, not {cents}",
        hint_fr="rien n'a été écrit ; signalez-le avec le numéro du dossier.",
        hint_en="nothing was written; report it with the dossier's number.",
    ),
    "storage.order_moved": Message(
        fr='la mise en paiement ou le lot {order} est à l\'état "{state}", et non "{wanted}"',
        en='the payment order or batch {order} is "{state}", not "{wanted}"',
        hint_fr="relisez son état : un autre acte ou un retour l'a changé.",
        hint_en="read its state again: another act or a return changed it.",
    ),
    "storage.import_stopped": Message(
        fr="cet import a été remplacé par un autre import de la même liste",
        en="another import of the same list has taken this one's place",
        hint_fr="attendez la fin de l'autre import ; ses totaux font foi.",
        hint_en="wait for the other import to end; its totals stand.",
    ),
    "storage.list_shrinks": Message(
        fr="la liste compte {held} lignes, et le fichier moins (valables : {kept}) : rien n'est changé",
        en="the list holds {held} rows, and the file fewer (good ones: {kept}): nothing is changed",
        hint_fr="vérifiez que le fichier est entier ; s'il l'est, ajoutez --shrink.",
        hint_en="check that the file is whole; if it is, add --shrink.",
    ),
    "storage.constraint": Message(
        fr="la base refuse ce changement : {reason}",
        en="the database refuses this change: {reason}",
        hint_fr="rien n'a été écrit ; signalez-le si l'écran permettait cet acte.",
        hint_en="nothing was written; report it if the screen offered this act.",
    ),
    "storage.copy_failed": Message(
        fr="{command} a échoué : {reason}",
        en="{command} failed: {reason}",
        hint_fr="rien n'est écrit.[[ Vérifiez la place et les droits du dossier {folder}.]]"
        "[[ Il faut {program} sur cette machine, de la version du serveur ou plus récent.]]",
        hint_en="nothing is written.[[ Check the space and the rights of the folder {folder}.]]"
        "[[ {program} is needed on this machine, of the server's version or later.]]",
    ),
    "storage.lease_lost": Message(
        fr="la tâche {id} ({kind}) a été reprise par un autre processus",
        en="duty {id} ({kind}) was taken over by another worker",
        hint_fr="rien à faire : elle sera terminée par l'autre processus.",
        hint_en="nothing to do: the other worker will finish it.",
    ),
    "storage.not_found": Message(
        fr="{kind} {id} : introuvable",
        en="{kind} {id}: not found",
        hint_fr="vérifiez l'identifiant.",
        hint_en="check the identifier.",
    ),
    "storage.nested_act": Message(
        fr="un acte ou une lecture a été lancé à l'intérieur d'un autre",
        en="an act or a read was started inside another",
        hint_fr="passez la transaction (tx) reçue aux fonctions appelées.",
        hint_en="pass the transaction (tx) you were given to the functions you call.",
    ),
    "storage.closed": Message(
        fr="la base est fermée ou en cours d'arrêt",
        en="the database is closed or stopping",
        hint_fr="relancez le service.",
        hint_en="start the service again.",
    ),
    "storage.unavailable": Message(
        fr="la base n'a pas pris l'acte : {reason}",
        en="the database did not take the act: {reason}",
        hint_fr="rien n'a été écrit. Vérifiez la place sur le disque et la connexion, puis recommencez.",
        hint_en="nothing was written. Check disk space and connection, then try again.",
    ),
    "storage.unopened": Message(
        fr="la base ne s'ouvre pas : {reason}",
        en="the database does not open: {reason}",
        hint_fr="rien n'a changé. Vérifiez la place sur le disque et vos droits, ou que le serveur répond.",
        hint_en="nothing changed. Check disk space and your rights, or that the server answers.",
    ),
    "storage.in_use": Message(
        fr="un autre processus utilise {path}, et SQLite {version} ne permet pas d'être deux",
        en="another process uses {path}, and SQLite {version} does not allow two",
        hint_fr="arrêtez l'autre processus, ou installez pysqlite3 (SQLite 3.51.3 ou plus récent).",
        hint_en="stop the other process, or install pysqlite3 (SQLite 3.51.3 or later).",
    ),
    "storage.mode_mismatch": Message(
        fr='cette installation a été créée en mode "{found}" ; elle ne s\'ouvre pas en mode "{asked}"',
        en='this installation was created in mode "{found}"; it does not open in mode "{asked}"',
        hint_fr="le mode est fixé à la création : créez une autre installation.",
        hint_en="the mode is fixed at creation: create another installation.",
    ),
    "storage.unknown_database": Message(
        fr='adresse de base inconnue : "{url}"',
        en='unknown database address: "{url}"',
        hint_fr="écrivez sqlite:///chemin/guichet.sqlite3 ou postgresql://utilisateur@hôte/base.",
        hint_en="write sqlite:///path/guichet.sqlite3 or postgresql://user@host/name.",
    ),
    "storage.database_newer": Message(
        fr="cette base vient d'une version plus récente de Guichet (révision {found}, connue ici : {known})",
        en="this database comes from a newer Guichet (revision {found}, known here: {known})",
        hint_fr="mettez Guichet à jour.",
        hint_en="upgrade Guichet.",
    ),
}
