"""What `guichet doctor` says of each item: how it stands, then what to do."""

from guichet.errors.message import Message

MESSAGES: dict[str, Message] = {
    "doctor.python": Message(
        fr="Python {version}",
        en="Python {version}",
        hint_fr="il faut Python 3.11 ou plus récent.",
        hint_en="Python 3.11 or later is needed.",
    ),
    "doctor.sqlite": Message(fr="SQLite {version}", en="SQLite {version}"),
    "doctor.old_sqlite": Message(
        fr="SQLite {version} : un seul processus à la fois peut tenir la base",
        en="SQLite {version}: one process at a time may hold the database",
        hint_fr="avec SQLite {wanted} ou plus récent (paquet pysqlite3), les commandes marchent pendant que le site"
        " tourne ; PostgreSQL aussi.",
        hint_en="with SQLite {wanted} or later (package pysqlite3), commands work while the site runs; so they do on"
        " PostgreSQL.",
    ),
    "doctor.disk": Message(fr="{free} Gio libres dans {folder}", en="{free} GiB free in {folder}"),
    "doctor.little_disk": Message(
        fr="{free} Gio libres seulement dans {folder}",
        en="only {free} GiB free in {folder}",
        hint_fr="faites de la place : sans elle, un dépôt est refusé, jamais perdu.",
        hint_en="make room: without it a filing is refused, never lost.",
    ),
    "doctor.clock": Message(fr="l'horloge dit {now} (UTC)", en="the clock says {now} (UTC)"),
    "doctor.clock_behind": Message(
        fr="l'horloge dit {now} : elle retarde",
        en="the clock says {now}: it is behind",
        hint_fr="réglez-la et laissez le système la tenir à l'heure (NTP) : dates de dépôt et codes en dépendent.",
        hint_en="set it and let the system keep it (NTP): filing dates and codes depend on it.",
    ),
    "doctor.no_time_zones": Message(
        fr="les fuseaux horaires manquent",
        en="time zones are missing",
        hint_fr="installez le paquet tzdata du système, ou celui de Python.",
        hint_en="install the system's tzdata package, or Python's.",
    ),
    "doctor.plugins": Message(
        fr="{count} extensions", en="{count} plugins", fr_one="{count} extension", en_one="{count} plugin"
    ),
    "doctor.refused": Message(fr="{said}", en="{said}", hint_fr="[[{advice}]]", hint_en="[[{advice}]]"),
    "doctor.no_instance_file": Message(
        fr="pas de {file} dans {folder}",
        en="no {file} in {folder}",
        hint_fr="guichet new instance DOSSIER fait une installation ; placez-vous dedans, ou nommez-la par --instance.",
        hint_en="guichet new instance FOLDER makes an instance; stand in it, or name it with --instance.",
    ),
    "doctor.instance": Message(fr="{file} : mode {mode}", en="{file}: {mode} mode"),
    "doctor.no_address": Message(
        fr="pas d'adresse publique : les liens des messages mènent à cette machine",
        en="no public address: links in messages lead to this machine",
        hint_fr="écrivez base_url: https://… dans {file}.",
        hint_en="write base_url: https://… in {file}.",
    ),
    "doctor.made_up_address": Message(
        fr="{url} est une adresse d'exemple",
        en="{url} is an example's address",
        hint_fr="écrivez la vôtre dans instance.yaml (base_url).",
        hint_en="write yours in instance.yaml (base_url).",
    ),
    "doctor.address": Message(fr="adresse publique {url}", en="public address {url}"),
    "doctor.secrets": Message(
        fr="{count} secrets nommés, tous là",
        en="{count} secrets named, all there",
        fr_one="{count} secret nommé, il est là",
        en_one="{count} secret named, it is there",
    ),
    "doctor.secrets_missing": Message(
        fr="secrets nommés et absents : {names}",
        en="secrets named and missing: {names}",
        hint_fr="écrivez chacun dans {folder}, un fichier à son nom : umask 077; cat > {folder}/NOM",
        hint_en="write each in {folder}, a file of its name: umask 077; cat > {folder}/NAME",
    ),
    "doctor.second_factors": Message(
        fr="les secrets des téléphones des agents sont chiffrés dans la base",
        en="the secrets of agents' phones are sealed in the database",
    ),
    "doctor.second_factors_bare": Message(
        fr="aucune clé pour chiffrer les secrets des téléphones des agents : ils sont en clair dans la base",
        en="no key to seal the secrets of agents' phones: they lie in clear in the database",
        hint_fr="après une restauration, remettez la clé d'avant : une neuve n'ouvre pas ce que l'ancienne a scellé."
        " Sinon : umask 077; head -c 32 /dev/urandom | base64 > {file} ; gardez-la hors des sauvegardes de la base.",
        hint_en="after a restore, put the former key back: a new one does not open what it sealed."
        " Else: umask 077; head -c 32 /dev/urandom | base64 > {file}; keep it away from the database's backups.",
    ),
    "doctor.no_secret_files": Message(fr="aucun dossier de secrets", en="no folder of secrets"),
    "doctor.closed_secrets": Message(
        fr="{folder} n'est lisible que par son propriétaire", en="{folder} is readable by its owner only"
    ),
    "doctor.open_secrets": Message(
        fr="d'autres comptes peuvent lire {folder} : {names}",
        en="other accounts can read {folder}: {names}",
        hint_fr="chmod 700 {folder}, puis changez les secrets qui ont pu être lus.",
        hint_en="chmod 700 {folder}, then change the secrets that may have been read.",
    ),
    "doctor.no_database": Message(
        fr="pas encore de base de données dans {folder}",
        en="no database yet in {folder}",
        hint_fr="la première commande qui en a besoin la fait (guichet serve, guichet territory enable) ; jusque-là,"
        " les services extérieurs ne sont pas appelés.",
        hint_en="the first command that needs one makes it (guichet serve, guichet territory enable); until then,"
        " outside services are not called.",
    ),
    "doctor.database": Message(
        fr="base à jour, mode {mode} ; dispositifs publiés : {schemes} ; territoires servis : {served}",
        en="database up to date, {mode} mode; schemes published: {schemes}; territories served: {served}",
    ),
    "doctor.database_held": Message(
        fr="la base est tenue par un processus qui tourne : ce qu'elle contient n'a pas été regardé",
        en="the database is held by a running process: what it holds was not looked at",
        hint_fr="arrêtez guichet serve pour tout vérifier, ou passez à SQLite {wanted} ou PostgreSQL.",
        hint_en="stop guichet serve to look at all, or move to SQLite {wanted} or PostgreSQL.",
    ),
    "doctor.fixed_day": Message(
        fr="le jour est figé au {day} dans une installation réelle",
        en="the day is fixed at {day} in a live instance",
        hint_fr="c'est le réglage d'une démonstration : restaurez une sauvegarde saine.",
        hint_en="that is a demonstration's setting: restore a sound backup.",
    ),
    "doctor.nothing_due": Message(fr="rien n'attend le travail de fond", en="nothing waits for the background work"),
    "doctor.workers_alive": Message(
        fr="{count} exécutants actifs",
        en="{count} workers alive",
        fr_one="{count} exécutant actif",
        en_one="{count} worker alive",
    ),
    "doctor.worker_stuck": Message(
        fr="l'exécutant {name} est sur une tâche « {kind} » depuis {minutes} minutes",
        en="the worker {name} has been at a duty ({kind}) for {minutes} minutes",
        hint_fr="regardez le journal du serveur ; le relancer ne perd rien.",
        hint_en="look at the server's log; starting it again loses nothing.",
    ),
    "doctor.plugin_aside": Message(
        fr="l'extension « {plugin} » n'est plus appelée : {reason}",
        en='the plugin "{plugin}" is not called any more: {reason}',
        hint_fr="corrigez-la, ou désactivez-la par GUICHET_PLUGINS_OFF, puis relancez guichet serve ou guichet worker :"
        " ce qui l'attendait est repris.",
        hint_en="mend it, or switch it off with GUICHET_PLUGINS_OFF, then start guichet serve or guichet worker again:"
        " what waited for it is taken up.",
    ),
    "doctor.worker_silent": Message(
        fr="plus aucun exécutant : {name} ne donne plus signe de vie depuis {minutes} minutes",
        en="no worker left: {name} has given no sign of life for {minutes} minutes",
        hint_fr="relancez guichet serve, ou guichet worker : rien n'est perdu.",
        hint_en="start guichet serve again, or guichet worker: nothing is lost.",
    ),
    "doctor.no_worker": Message(
        fr="aucun exécutant en ce moment",
        en="no worker at this moment",
        hint_fr="guichet serve en lance un, guichet worker en ajoute.",
        hint_en="guichet serve starts one, guichet worker adds more.",
    ),
    "doctor.worker": Message(
        fr="{count} tâches attendent depuis moins de cinq minutes",
        en="{count} duties due for less than five minutes",
        fr_one="{count} tâche attend depuis moins de cinq minutes",
        en_one="{count} duty due for less than five minutes",
    ),
    "doctor.work_waits": Message(
        fr="{count} tâches attendent, la plus ancienne depuis {minutes} minutes",
        en="{count} duties wait, the oldest for {minutes} minutes",
        fr_one="{count} tâche attend, depuis {minutes} minutes",
        en_one="{count} duty waits, for {minutes} minutes",
        hint_fr="personne ne les fait : lancez guichet serve, ou guichet worker.",
        hint_en="nobody does them: start guichet serve, or guichet worker.",
    ),
    "doctor.quarantine": Message(
        fr="en quarantaine depuis la restauration d'une sauvegarde du {backup_at} : rien ne part",
        en="in quarantine since a backup of {backup_at} was restored: nothing leaves",
        hint_fr="dites ce qui était parti depuis : guichet restore --release --help.",
        hint_en="say what had left since: guichet restore --release --help.",
    ),
    "doctor.retried": Message(
        fr="{count} tâches échouent depuis plus d'une demi-heure et sont retentées ({kinds}) ; la dernière : {error}",
        en="{count} duties have failed for more than half an hour and are tried again ({kinds}); the last one: {error}",
        fr_one="{count} tâche échoue depuis plus d'une demi-heure et est retentée ({kinds}) : {error}",
        en_one="{count} duty has failed for more than half an hour and is tried again ({kinds}): {error}",
        hint_fr="levez la cause : la suite est tentée toutes les deux heures au plus, pendant trois jours.",
        hint_en="mend the cause: they are tried every two hours at most, for three days.",
    ),
    "doctor.nothing_given_up": Message(fr="aucune tâche abandonnée", en="no duty given up"),
    "doctor.given_up": Message(
        fr="{count} tâches abandonnées ({kinds}) ; la dernière : {error}",
        en="{count} duties given up ({kinds}); the last one: {error}",
        fr_one="{count} tâche abandonnée ({kinds}) : {error}",
        en_one="{count} duty given up ({kinds}): {error}",
        hint_fr="levez la cause, puis guichet worker --drain --revive les reprend.",
        hint_en="mend the cause, then guichet worker --drain --revive takes them up again.",
    ),
    "doctor.mails_to_files": Message(
        fr="aucun serveur de messagerie : les messages deviennent des fichiers",
        en="no mail server: messages become files",
        hint_fr="réglez services.email dans instance.yaml.",
        hint_en="set services.email in instance.yaml.",
    ),
    "doctor.service_answers": Message(fr="{key} répond et nous prend", en="{key} answers and takes us"),
    "doctor.service_answered": Message(fr="{key} : {said_fr}", en="{key}: {said_en}"),
    "doctor.service_not_asked": Message(
        fr="{key} est réglé ; rien ne lui a été demandé (--offline)",
        en="{key} is set; it was asked nothing (--offline)",
    ),
    "doctor.service_unused": Message(
        fr="{key} est réglé ; aucun dispositif publié ne l'emploie", en="{key} is set; no published scheme uses it"
    ),
    "doctor.service_slow": Message(
        fr="{key} n'avait pas fini de répondre après {seconds} s",
        en="{key} had not finished answering after {seconds} s",
        hint_fr="vérifiez l'adresse et le pare-feu ; guichet calls montre les appels.",
        hint_en="check the address and the firewall; guichet calls shows the calls.",
    ),
    "doctor.service_set": Message(
        fr="{key} est réglé ; son extension ne sait pas le vérifier sans l'appeler pour de vrai",
        en="{key} is set; its plugin cannot check it without a true call",
    ),
    "doctor.service_says": Message(
        fr="{key} : {said_fr}",
        en="{key}: {said_en}",
        hint_fr="corrigez services.{key} dans instance.yaml, le secret qu'il nomme, ou ce qu'un dispositif en attend.",
        hint_en="mend services.{key} in instance.yaml, the secret it names, or what a scheme expects of it.",
    ),
    "doctor.service_silent": Message(
        fr="{key} n'a pas répondu aux {count} derniers appels",
        en="{key} did not answer the last {count} calls",
        hint_fr="guichet calls montre ces appels ; ce qui attend repart de lui-même à son retour.",
        hint_en="guichet calls shows them; what waits leaves by itself when it is back.",
    ),
    "doctor.webhook_set": Message(
        fr="le webhook {name} signe ce qu'il envoie à {url}",
        en="the webhook {name} signs what it sends to {url}",
    ),
    "doctor.webhook_short": Message(
        fr="le secret du webhook {name} est court",
        en="the secret of the webhook {name} is short",
        hint_fr="donnez-lui {least} octets au hasard, comme whsec_ suivi de base64 ; old_secret aide au passage.",
        hint_en="give it {least} random bytes or more, as whsec_ and base64; old_secret serves while it changes.",
    ),
    "doctor.webhook_says": Message(
        fr="le webhook {name} ne peut rien envoyer : {said_fr}",
        en="the webhook {name} can send nothing: {said_en}",
    ),
}
