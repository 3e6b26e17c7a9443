"""What stops a backup, a restoration, or what a restored installation would send."""

from guichet.errors.message import Message

MESSAGES = {
    "backup.file_there": Message(
        fr="{file} existe déjà",
        en="{file} exists already",
        hint_fr="une sauvegarde n'en remplace jamais une autre : donnez un autre nom.",
        hint_en="a backup never replaces another: give another name.",
    ),
    "backup.no_folder": Message(
        fr="le dossier {folder} n'existe pas",
        en="the folder {folder} does not exist",
        hint_fr="faites-le, ou donnez un fichier d'un dossier qui existe : rien n'a été écrit.",
        hint_en="make it, or give a file in a folder that exists: nothing was written.",
    ),
    "backup.not_written": Message(
        fr="la sauvegarde ne peut pas être écrite dans {folder} ({why})",
        en="the backup cannot be written in {folder} ({why})",
        hint_fr="vérifiez vos droits et la place du disque ; rien n'a été laissé derrière.",
        hint_en="check your rights and the room on the disk; nothing was left behind.",
    ),
    "backup.files_missing": Message(
        fr="{count} fichiers que la base nomme ne sont pas là ({first}…)",
        en="{count} files that the database names are not there ({first}…)",
        fr_one="{count} fichier que la base nomme n'est pas là ({first})",
        en_one="{count} file that the database names is not there ({first})",
        hint_fr="rien n'est écrit. Retrouvez-les sous files/ de l'installation, puis recommencez.",
        hint_en="nothing is written. Find them below files/ of the instance, then try again.",
    ),
    "backup.unreadable": Message(
        fr="{file} n'est pas une sauvegarde lisible : {reason}",
        en="{file} is no readable backup: {reason}",
        hint_fr="donnez le fichier que guichet backup a écrit, copié en entier : rien n'est restauré.",
        hint_en="give the file that guichet backup wrote, copied whole: nothing is restored.",
    ),
    "backup.damaged": Message(
        fr="{file} est abîmé ou a été modifié : {member} n'est pas ce qui a été sauvegardé",
        en="{file} is damaged or was changed: {member} is not what was backed up",
        hint_fr="rien n'est restauré. Prenez une autre sauvegarde, ou une autre copie de celle-ci.",
        hint_en="nothing is restored. Take another backup, or another copy of this one.",
    ),
    "restore.folder_there": Message(
        fr="{folder} n'est pas vide",
        en="{folder} is not empty",
        hint_fr="une restauration ne recouvre rien : donnez un dossier qui n'existe pas.",
        hint_en="a restoration covers nothing: give a folder that does not exist.",
    ),
    "restore.not_written": Message(
        fr="rien ne peut être restauré dans {folder} ({why})",
        en="nothing can be restored into {folder} ({why})",
        hint_fr="désignez un dossier où vous pouvez écrire.",
        hint_en="name a folder in which you may write.",
    ),
    "restore.other_engine": Message(
        fr="la sauvegarde vient de {engine}",
        en="the backup comes from {engine}",
        hint_fr="pour postgresql, donnez une base vide par GUICHET_DATABASE_URL ; pour sqlite, ne la donnez pas.",
        hint_en="for postgresql, give an empty database by GUICHET_DATABASE_URL; for sqlite, leave it out.",
    ),
    "restore.nothing_said": Message(
        fr="que restaurer ?",
        en="restore what?",
        hint_fr="guichet restore FICHIER --into DOSSIER, ou guichet restore --release dans une installation restaurée.",
        hint_en="guichet restore FILE --into FOLDER, or guichet restore --release in a restored instance.",
    ),
    "restore.journal_differs": Message(
        fr="le journal restauré n'est pas celui de la sauvegarde : {faults}",
        en="the restored journal is not that of the backup: {faults}",
        hint_fr="rien n'est restauré. Prenez une autre sauvegarde.",
        hint_en="nothing is restored. Take another backup.",
    ),
    "restore.quarantined": Message(
        fr="l'installation vient d'une sauvegarde du {backup_at} : rien n'en sort avant qu'elle soit libérée",
        en="the instance comes from a backup of {backup_at}: nothing leaves it before it is released",
        hint_fr="dites ce qui était parti depuis : guichet restore --release --help.",
        hint_en="say what had left since: guichet restore --release --help.",
    ),
    "restore.not_held": Message(
        fr="cette installation n'est pas en quarantaine",
        en="this instance is not in quarantine",
        hint_fr="il n'y a rien à libérer : elle écrit et paie déjà. guichet doctor dit où elle en est.",
        hint_en="there is nothing to release: it already writes and pays. guichet doctor says how it stands.",
    ),
    "restore.release_unsigned": Message(
        fr="une libération dit pourquoi et qui la décide",
        en="a release says why, and who decides it",
        hint_fr='ajoutez --because "le motif" --by "Prénom Nom".',
        hint_en='add --because "the reason" --by "First Last".',
    ),
    "restore.unknown_duty": Message(
        fr="\"{value}\" n'est le nom d'aucune tâche : rien n'est libéré",
        en='"{value}" is the name of no duty: nothing is released',
        hint_fr='[[vouliez-vous dire "{nearest}" ? ]][[Possibles : {choices}.]]',
        hint_en='[[did you mean "{nearest}"? ]][[Possible: {choices}.]]',
    ),
    "restore.what_left": Message(
        fr="quels fichiers de paiement sont partis depuis la sauvegarde ?",
        en="which payment files have left since the backup?",
        hint_fr="donnez chacun par --delivered FICHIER (le comptable les a), ou dites --nothing-left.",
        hint_en="give each one by --delivered FILE (the accountant has them), or say --nothing-left.",
    ),
    "restore.no_reference": Message(
        fr="{file} ne cite aucune référence de dossier ni de paiement",
        en="{file} quotes no reference of a dossier or a payment",
        hint_fr="donnez le fichier de paiement lui-même, ni compressé ni chiffré.",
        hint_en="give the payment file itself, neither compressed nor encrypted.",
    ),
    "restore.not_text": Message(
        fr="{file} n'est pas un fichier d'ordres : ce n'est pas du texte",
        en="{file} is no file of orders: it is not text",
        hint_fr="donnez le fichier de lignes, ni l'état liquidatif (PDF) ni une archive : rien n'est libéré.",
        hint_en="give the file of lines, neither the statement (PDF) nor an archive: nothing is released.",
    ),
}
