"""Texts about the declaration of a scheme, beyond YAML itself and expressions."""

from guichet.errors.message import Message

NEAREST_FR = '[[vouliez-vous dire "{nearest}" ? ]][[Possibles : {choices}.]]'
DECLARED_FR = '[[vouliez-vous dire "{nearest}" ? ]][[Il est déclaré ici : {declared}. ]][[Possibles : {choices}.]]'
DECLARED_EN = '[[did you mean "{nearest}"? ]][[It is declared here: {declared}. ]][[Possible: {choices}.]]'
NEAREST_EN = '[[did you mean "{nearest}"? ]][[Possible: {choices}.]]'


def unknown_name(fr: str, en: str) -> Message:
    """What is said of a name that nothing bears: the nearest, the possible ones."""
    return Message(fr=fr, en=en, hint_fr=NEAREST_FR, hint_en=NEAREST_EN)


MESSAGES: dict[str, Message] = {
    "unknown_key": Message(
        fr='clé inconnue "{value}"',
        en='unknown key "{value}"',
        hint_fr='[[vouliez-vous dire "{nearest}" ? ]][[Clés : {choices}.]]',
        hint_en='[[did you mean "{nearest}"? ]][[Keys: {choices}.]]',
    ),
    "missing_key": Message(
        fr='il manque la clé "{key}"',
        en='the key "{key}" is missing',
        hint_fr='ajoutez une ligne "{key}:" à ce niveau[[ ; ou, si vous vouliez changer "{nearest}" ({declared}), '
        "écrivez le même nom]].",
        hint_en='add a line "{key}:" at this level[[; or, if you meant to change "{nearest}" ({declared}), '
        "write the same name]].",
    ),
    "unknown_value": unknown_name('valeur inconnue "{value}"', 'unknown value "{value}"'),
    "mapping_expected": Message(
        fr="on attend ici des lignes « clé: valeur »",
        en="“key: value” lines are expected here",
        hint_fr="écrivez-les sous la clé, en retrait de deux espaces, ou entre accolades : {{clé: valeur}}.",
        hint_en="write them under the key, indented by two spaces, or between braces: {{key: value}}.",
    ),
    "list_expected": Message(
        fr="on attend ici une liste",
        en="a list is expected here",
        hint_fr="écrivez-la entre crochets, [un, deux], ou une ligne « - valeur » pour chaque élément.",
        hint_en="write it between brackets, [one, two], or one “- value” line for each item.",
    ),
    "text_expected": Message(
        fr="on attend ici un seul texte",
        en="a single text is expected here",
        hint_fr="écrivez la valeur sur la ligne de la clé ; entre guillemets si elle contient [ ou {{.",
        hint_en="write the value on the line of its key; in quotes if it holds [ or {{.",
    ),
    "invalid_value": Message(
        fr='valeur refusée "{value}" : {reason}',
        en='refused value "{value}": {reason}',
        hint_fr="corrigez la valeur ; ce que la clé admet est dans la page du dispositif (guichet schema, ou la "
        "référence).",
        hint_en="mend the value; what the key takes is on the page of schemes (guichet schema, or the reference).",
    ),
    "unknown_file": unknown_name(
        "Guichet ne lit rien de ce nom ici : {value}", "Guichet reads nothing of this name here: {value}"
    ),
    "folder_without_scheme": Message(
        fr='le dossier "{value}" n\'a pas de fichier scheme.yaml',
        en='the folder "{value}" has no file scheme.yaml',
        hint_fr="[[est-ce {nearest} ? Renommez-le. ]]Un dossier dont le nom commence par _ est laissé de côté.",
        hint_en="[[is it {nearest}? Rename it. ]]A folder whose name starts with _ is left aside.",
    ),
    "scheme_outside_folder": Message(
        fr="{value} n'est dans aucun dossier de dispositif",
        en="{value} lies in no scheme's folder",
        hint_fr="un dispositif est un dossier : schemes/mon-aide/scheme.yaml.",
        hint_en="a scheme is a folder: schemes/my-aid/scheme.yaml.",
    ),
    "file_not_folder": Message(
        fr="{value} est un fichier ; on attend un dossier",
        en="{value} is a file; a folder is expected",
        hint_fr="renommez-le, et créez un dossier de ce nom.",
        hint_en="rename it, and make a folder of that name.",
    ),
    "declared_twice": Message(
        fr='"{key}" est déclaré ici et dans {file}',
        en='"{key}" is declared here and in {file}',
        hint_fr="gardez l'un des deux.",
        hint_en="keep one of the two.",
    ),
    "unknown_item": unknown_name('la source ne donne pas "{value}"', 'the source does not give "{value}"'),
    "item_does_not_fit": Message(
        fr='le champ "{value}", de type {type}, ne peut pas recevoir "{item}"',
        en='the field "{value}", of type {type}, cannot receive "{item}"',
        hint_fr="la source donne une valeur de type {kind} : changez le type du champ, ou choisissez une autre donnée.",
        hint_en="the source gives a value of type {kind}: change the type of the field, or choose another item.",
    ),
    "prefill_needs_field": Message(
        fr='cette source a besoin de "{need}", et aucun champ "{value}" n\'existe',
        en='this source needs "{need}", and there is no field "{value}"',
        hint_fr='[[vouliez-vous dire "{nearest}" ? ]]Nommez le champ de type {type} sous « needs » : {need}: …',
        hint_en='[[did you mean "{nearest}"? ]]Name the field of type {type} under "needs": {need}: …',
    ),
    "filled_twice": Message(
        fr='le champ "{value}" est déjà rempli par "{other}"',
        en='the field "{value}" is already filled by "{other}"',
        hint_fr="gardez une seule source pour ce champ.",
        hint_en="keep a single source for this field.",
    ),
    "prefill_circle": Message(
        fr="ces sources s'attendent l'une l'autre : {path}",
        en="these sources wait for one another: {path}",
        hint_fr="une source ne peut pas remplir le champ qu'elle attend pour être interrogée.",
        hint_en="a source cannot fill the field it waits for to be asked.",
    ),
    "unknown_block": unknown_name('bloc inconnu "{value}"', 'unknown block "{value}"'),
    "block_circle": Message(
        fr="un bloc se reprend lui-même : {path}",
        en="a block takes itself up: {path}",
        hint_fr="retirez l'un de ces « use: » : ce qu'ils partagent va dans un troisième bloc.",
        hint_en="remove one of these “use:”: what they share goes in a third block.",
    ),
    "block_not_overridable": Message(
        fr='le bloc "{block}" ne laisse pas changer "{key}"',
        en='the block "{block}" does not let "{key}" be changed',
        hint_fr="clés que ce bloc laisse changer : {choices}.",
        hint_en="keys this block lets you change: {choices}.",
    ),
    "versions_not_in_order": Message(
        fr="la version du {day} vient après celle du {before}[[ (ligne {line})]]",
        en="the version of {day} comes after that of {before}[[ (line {line})]]",
        hint_fr="rangez les versions de la plus ancienne à la plus récente, chacune hérite de la précédente ; "
        "ou corrigez l'un des deux jours.",
        hint_en="put versions from oldest to newest, each inherits the one before; or mend one of the two days.",
    ),
    "nothing_to_remove": Message(
        fr='rien à retirer au chemin "{value}"',
        en='nothing to remove at the path "{value}"',
        hint_fr=DECLARED_FR,
        hint_en=DECLARED_EN,
    ),
    "overlay_without_set": Message(
        fr='ce qu\'un territoire change s\'écrit sous "set:", et "{value}" est au premier niveau',
        en='what a territory changes is written under "set:", and "{value}" stands at the first level',
        hint_fr="écrivez une ligne « set: », et au-dessous, en retrait, chaque chemin : « helpdesk.phone: … ».",
        hint_en='write a line "set:", and below it, indented, each path: "helpdesk.phone: …".',
    ),
    "overlay_unknown_path": Message(
        fr='le dispositif n\'a rien au chemin "{path}"',
        en='the scheme has nothing at the path "{path}"',
        hint_fr=NEAREST_FR,
        hint_en=NEAREST_EN,
    ),
    "overlay_not_open": Message(
        fr='le dispositif "{scheme}" ne laisse pas un territoire changer "{path}"',
        en='the scheme "{scheme}" does not let a territory change "{path}"',
        hint_fr='[[vouliez-vous dire "{nearest}" ? ]]Ce qu\'il ouvre aux territoires (overlay_may_set) : {choices}.',
        hint_en='[[did you mean "{nearest}"? ]]What it opens to territories (overlay_may_set): {choices}.',
    ),
    "overlay_out_of_bounds": Message(
        fr='"{value}" sort des bornes ouvertes aux territoires : de {min} à {max}',
        en='"{value}" is outside the bounds open to territories: {min} to {max}',
        hint_fr="prenez une valeur entre {min} et {max}, ou élargissez les bornes sous « overlay_may_set » du "
        "dispositif.",
        hint_en='take a value between {min} and {max}, or widen the bounds under "overlay_may_set" of the scheme.',
    ),
    "criterion_one_way": Message(
        fr="un critère a une seule façon d'être établi",
        en="a criterion is settled in exactly one way",
        hint_fr='gardez "when" (calculé), "attested" (sur l\'honneur) ou "checked_by" (jugé par une instance).',
        hint_en='keep one of "when" (computed), "attested" (on honour), "checked_by" (judged by a body).',
    ),
    "branch_one_shape": Message(
        fr="une branche du montant a une de ces formes : always / if + then / if + unverified / else",
        en="a branch of the amount has one of these shapes: always / if + then / if + unverified / else",
        hint_fr="gardez une seule forme ; la dernière branche est « always: » ou « else: ».",
        hint_en='keep a single shape; the last branch is "always:" or "else:".',
    ),
    "field_declared_twice": Message(
        fr='le champ "{value}" existe déjà, page "{page}"',
        en='the field "{value}" already exists, page "{page}"',
        hint_fr="un identifiant de champ est unique dans tout le formulaire.",
        hint_en="a field id is unique in the whole form.",
    ),
    "unknown_field_type": unknown_name('type de champ inconnu "{value}"', 'unknown field type "{value}"'),
    "empty_page": Message(
        fr="une page pose au moins une question",
        en="a page asks at least one question",
        hint_fr="ajoutez un champ sous « fields: », reprenez un bloc (« use: »), ou effacez la page.",
        hint_en='add a field under "fields:", take a block ("use:"), or remove the page.',
    ),
    "unknown_plugin": unknown_name('extension inconnue "{value}"', 'unknown plugin "{value}"'),
    "name_taken": Message(
        fr='le nom "{value}" est déjà celui d\'un champ',
        en='the name "{value}" is already that of a field',
        hint_fr="donnez un autre nom à l'un des deux.",
        hint_en="give one of the two another name.",
    ),
    "unknown_attestation": unknown_name('aucune attestation "{value}"', 'no attestation "{value}"'),
    "pull_leaves_required": Message(
        fr="des réponses obligatoires ne viennent d'aucune colonne : {fields} ; chaque ligne sera refusée sans elles",
        en="required answers come from no column: {fields}; each row will be refused without them",
        hint_fr="donnez-leur une colonne, ou écrivez required: false.",
        hint_en="give them a column, or write required: false.",
    ),
    "pull_no_file_field": Message(
        fr='le champ "{field}" ne prend pas de fichier',
        en='the field "{field}" takes no file',
        hint_fr="nommez un champ de type attachment ; une autre réponse vient d'une colonne, sous fields.",
        hint_en="name a field of type attachment; another answer comes from a column, under fields.",
    ),
    "unknown_file_place": unknown_name(
        'la liste n\'apporte aucun fichier sous le nom "{value}"', 'the list brings no files under the name "{value}"'
    ),
    "pull_from_common_list": Message(
        fr='la liste "{list}" est commune à tous les territoires : ses lignes ne deviennent pas des dossiers',
        en='the list "{list}" is common to all territories: its rows become no dossiers',
        hint_fr="écrivez across: territory dans la liste.",
        hint_en="write across: territory in the list.",
    ),
    "unknown_field": unknown_name('champ inconnu "{value}"', 'unknown field "{value}"'),
    "unknown_list": unknown_name('liste inconnue "{value}"', 'unknown list "{value}"'),
    "unknown_column": unknown_name('colonne inconnue "{value}"', 'unknown column "{value}"'),
    "unknown_text": unknown_name('texte inconnu "{value}"', 'unknown text "{value}"'),
    "unknown_placeholder": unknown_name(
        "le texte cite {{{value}}}, qui n'existe pas", "the text quotes {{{value}}}, which does not exist"
    ),
    "unknown_body": unknown_name('instance inconnue "{value}"', 'unknown body "{value}"'),
    "unknown_stage": unknown_name('étape inconnue "{value}"', 'unknown stage "{value}"'),
    "unknown_scheme": Message(
        fr='dispositif inconnu "{value}"',
        en='unknown scheme "{value}"',
        hint_fr=NEAREST_FR + "[[ Vous n'êtes dans aucune installation ({here}) : entrez dans la vôtre (cd DOSSIER), ou"
        " nommez-la par --instance DOSSIER.]]",
        hint_en=NEAREST_EN + "[[ You stand in no instance ({here}): enter yours (cd FOLDER), or name it with"
        " --instance FOLDER.]]",
    ),
    "unknown_territory_folder": Message(
        fr="le dossier \"{value}\" n'est celui d'aucun territoire",
        en='the folder "{value}" is no territory\'s',
        hint_fr="[[vouliez-vous dire {nearest} ? ]]Un dossier porte l'identifiant et le nom : dep-74-haute-savoie.",
        hint_en="[[did you mean {nearest}? ]]A folder bears the id and the name: dep-74-haute-savoie.",
    ),
    "id_is_not_folder": Message(
        fr='le dispositif s\'appelle "{value}" mais son dossier "{folder}"',
        en='the scheme is called "{value}" but its folder "{folder}"',
        hint_fr="donnez-leur le même nom.",
        hint_en="give both the same name.",
    ),
    "reserved_id": Message(
        fr='"{value}" est une adresse du site lui-même',
        en='"{value}" is an address of the site itself',
        hint_fr="donnez un autre nom au dispositif et à son dossier, par exemple {value}-2026.",
        hint_en="give the scheme and its folder another name, for instance {value}-2026.",
    ),
    "decision_without_issuer": Message(
        fr='l\'étape "{stage}" décide sans auteur',
        en='the stage "{stage}" decides without an issuer',
        hint_fr='ajoutez "issued_by:" (prefet_region, president…), que chaque territoire nomme dans ses signataires.',
        hint_en='add "issued_by:" (prefet_region, president…), which each territory names among its signatories.',
    ),
    "last_stage_conditional": Message(
        fr='l\'étape "{stage}" est la dernière : sous condition, elle laisserait des dossiers sans aucune étape',
        en='stage "{stage}" is the last one: under a condition, it would leave dossiers without any stage',
        hint_fr="retirez `when` de la dernière étape, ou ajoutez après elle l'étape qui traite les autres dossiers.",
        hint_en="drop `when` from the last stage, or add after it the stage that treats the other dossiers.",
    ),
    "stage_never_entered": Message(
        fr="aucun dossier n'entre jamais dans l'étape \"{stage}\" : le chemin est {way}",
        en='no dossier ever enters stage "{stage}": the way is {way}',
        hint_fr='une étape suit celle qu\'elle nomme dans "needs", sinon celle qui la précède, et une décision sans'
        ' "when" finit le chemin : mettez "needs" en accord avec l\'ordre.',
        hint_en='a stage follows the one it names in "needs", else the one above it, and a decision without "when" ends'
        ' the way: make "needs" agree with the order.',
    ),
    "no_decision_stage": Message(
        fr="aucune étape ne décide",
        en="no stage decides",
        hint_fr='une étape au moins porte "act: decision".',
        hint_en='at least one stage has "act: decision".',
    ),
    "unknown_issuer": Message(
        fr='aucun territoire visé n\'a de signataire pour "{value}"',
        en='no territory it is meant for has a signatory for "{value}"',
        hint_fr='[[vouliez-vous dire "{nearest}" ? ]]Signataires des territoires (territory.yaml) : {choices}.',
        hint_en='[[did you mean "{nearest}"? ]]Signatories of territories (territory.yaml): {choices}.',
    ),
    "issuer_missing_somewhere": Message(
        fr='des territoires visés n\'ont pas de signataire pour "{value}" : {territories}',
        en='some territories it is meant for have no signatory for "{value}": {territories}',
        hint_fr='ajoutez-le à "signatories:" de leur territory.yaml : sans lui, aucune décision n\'y sera prise.',
        hint_en='add it to "signatories:" of their territory.yaml: without it no decision can be taken there.',
    ),
    "opening_one_way": Message(
        fr="ce qu'un territoire peut changer est un chemin, ou un paramètre",
        en="what a territory may set is a path, or a parameter",
        hint_fr="écrivez calendar.closes, ou {{parameter: plafond, min: 100 €, max: 600 €}}.",
        hint_en="write calendar.closes, or {{parameter: ceiling, min: 100 €, max: 600 €}}.",
    ),
    "unknown_parameter": unknown_name('paramètre inconnu "{value}"', 'unknown parameter "{value}"'),
    "unknown_path": unknown_name(
        'un dispositif n\'a rien au chemin "{value}"', 'a scheme has nothing at the path "{value}"'
    ),
    "payment_cannot_be_written": Message(
        fr="le fichier de paiement ne pourrait pas être écrit : {reason_fr}",
        en="the payment file could not be written: {reason_en}",
        hint_fr='[["{nearest}" est-il "{about}", que cite « {quoted} » ? ]]'
        'Les références comptables sont sous "imputation:", chacune sous le nom que la colonne cite.',
        hint_en='[[is "{nearest}" meant for "{about}", which "{quoted}" quotes? ]]'
        'Accounting references stand under "imputation:", each under the name that the column quotes.',
    ),
    "payment_batch_cannot_be_written": Message(
        fr="aucun paiement de {territories}[[ et de {others} autres]] ne partirait : {reason_fr}",
        en="no payment of {territories}[[ and {others} others]] would leave: {reason_en}",
        hint_fr='le payeur est "payer.name" du territoire ou "payment.paid_by" du dispositif ; les autres noms du lot'
        " viennent de leurs identifiants. Raccourcissez-les, ou demandez au payeur une colonne plus large.",
        hint_en='the payer is "payer.name" of the territory or "payment.paid_by" of the scheme; the other names of a'
        " batch come from their ids. Make them shorter, or ask the payer for a wider column.",
    ),
    "amount_without_imputation": Message(
        fr="des montants n'ont pas d'imputation alors que d'autres en ont une : {amounts}",
        en="some amounts have no imputation though others have one: {amounts}",
        hint_fr='donnez à chacun la sienne sous "imputations:" ; ce qui vaut pour tous reste sous "imputation:".',
        hint_en='give each its own under "imputations:"; what holds for all stays under "imputation:".',
    ),
    "criterion_without_reason": Message(
        fr='le critère "{value}" ne dit pas au demandeur pourquoi il est refusé',
        en='the criterion "{value}" does not tell applicants why they are refused',
        hint_fr='ajoutez "otherwise:" ; tout refus est motivé.',
        hint_en='add "otherwise:"; every refusal gives its reasons.',
    ),
    "snapshot_does_not_compile": Message(
        fr='la publication de "{scheme}" pour {territory} ne peut pas être servie par cette installation',
        en='what was published of "{scheme}" for {territory} cannot be served by this installation',
        hint_fr="installez les extensions de sa publication ([[{plugins}]]), ou publiez de nouveau.",
        hint_en="install the plugins it was published with ([[{plugins}]]), or publish again.",
    ),
    "unused_body": Message(
        fr="l'instance \"{value}\" n'a aucune étape et ne juge rien",
        en='the body "{value}" has no stage and judges nothing',
        hint_fr="corrigez son identifiant, ou effacez-la.",
        hint_en="correct its id, or remove it.",
    ),
    "proof_without_secret": Message(
        fr='la liste "{list}" demande une preuve sans être confidentielle',
        en='the list "{list}" asks for a proof and is not confidential',
        hint_fr='ajoutez "confidential: true", ou enlevez "proof:".',
        hint_en='add "confidential: true", or remove "proof:".',
    ),
    "unused_text": Message(
        fr='aucun courrier ni message n\'emploie le texte "{value}"',
        en='no letter or message uses the text "{value}"',
        hint_fr="nommez-le sous letters: ou notices:, ou effacez-le.",
        hint_en="name it under letters: or notices:, or remove it.",
    ),
    "decision_without_letter": Message(
        fr="des décisions possibles n'ont pas de courrier : {events}",
        en="some possible decisions have no letter: {events}",
        hint_fr='ajoutez-les sous "letters:" (use: courriers les apporte), ou retirez-les des choix de l\'étape.',
        hint_en='add them under "letters:" (use: courriers brings them), or take them out of the stage\'s choices.',
    ),
    "unknown_form": Message(
        fr='formulaire "{value}" inconnu',
        en='unknown form "{value}"',
        hint_fr="[[vouliez-vous dire « {nearest} » ? ]]Formulaires : {choices}.",
        hint_en="[[did you mean “{nearest}”? ]]Forms: {choices}.",
    ),
    "account_not_asked": Message(
        fr='le formulaire "{form}" ne demande pas de compte[[ : il manque {fields}]]',
        en='the form "{form}" asks for no account[[: {fields} missing]]',
        hint_fr="il demande les champs de payment.payee, sous les mêmes noms : « compte: {{use: rib}} ».",
        hint_en="it asks the fields of payment.payee, under the same names: “compte: {{use: rib}}”.",
    ),
    "field_of_other_type": Message(
        fr='le champ "{value}" n\'est pas de type {expected}',
        en='the field "{value}" is not of type {expected}',
        hint_fr="nommez un champ « type: {expected} ».",
        hint_en="name a field “type: {expected}”.",
    ),
    "decidable_before_opening": Message(
        fr="on pourrait décider dès le {day}, avant l'ouverture",
        en="decisions would be possible from {day}, before opening",
        hint_fr='corrigez "decidable_from:", ou enlevez-la.',
        hint_en='correct "decidable_from:", or remove it.',
    ),
    "siren_without_siret": Message(
        fr='"one_per: siren" demande un champ de type siret',
        en='"one_per: siren" needs a field of type siret',
        hint_fr="ajoutez un champ de type siret (ou « use: entreprise »), ou choisissez un autre champ.",
        hint_en='add a field of type siret (or "use: entreprise"), or choose another field.',
    ),
    "confidential_without_proof": Message(
        fr='la liste confidentielle "{list}" ne demande aucune preuve',
        en='the confidential list "{list}" asks for no proof',
        hint_fr='ajoutez "proof: [colonne]" : sans preuve, n\'importe qui pourrait savoir qui y figure.',
        hint_en='add "proof: [column]": without it anyone could learn who is in it.',
    ),
    "no_version_at_opening": Message(
        fr="aucune règle n'est en vigueur à l'ouverture ({opens}) : la première date du {day}",
        en="no rules are in force at opening ({opens}): the first version is of {day}",
        hint_fr="datez la première version du jour de l'ouverture, ou d'avant ; ou corrigez calendar.opens.",
        hint_en="date the first version on the opening day, or before; or mend calendar.opens.",
    ),
    "closes_before_opening": Message(
        fr="le dispositif ferme ({closes}) avant d'ouvrir ({opens})",
        en="the scheme closes ({closes}) before it opens ({opens})",
        hint_fr="corrigez l'une des deux dates de « calendar ».",
        hint_en='mend one of the two dates of "calendar".',
    ),
    "version_never_used": Message(
        fr="la version du {day} entre en vigueur après la clôture : aucun dossier ne sera jugé par elle",
        en="the version of {day} comes after closing: no dossier will be judged by it",
        hint_fr="repoussez « closes », ou effacez la version.",
        hint_en='put "closes" off, or remove the version.',
    ),
    "aid_of_right_cannot_wait": Message(
        fr="une aide de droit ne peut pas attendre des crédits",
        en="an aid of right cannot wait for funds",
        hint_fr='écrivez "when_spent: alert" : une enveloppe vide alerte et ne refuse jamais une aide de droit.',
        hint_en='write "when_spent: alert": an empty envelope alerts and never refuses an aid of right.',
    ),
}
