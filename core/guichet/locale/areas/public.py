"""Pages anyone may read."""

from guichet.locale.texts import Text

TEXTS = {
    "schemes": Text("Les aides", "Aid schemes"),
    "my_dossiers": Text("Mes dossiers", "My dossiers"),
    "sign_in": Text("Se connecter", "Sign in"),
    "home_title": Text("Les aides de votre territoire", "Aid in your territory"),
    "home_intro": Text(
        "Choisissez votre Région ou votre Département pour voir les aides ouvertes et déposer une demande.",
        "Choose your Région or Département to see what aid is open and to apply.",
    ),
    "regions": Text("Régions", "Régions"),
    "departements": Text("Départements", "Départements"),
    "nothing_served": Text(
        "Aucune aide n’est publiée sur ce site pour le moment.", "No aid is published on this site at the moment."
    ),
    "territory_title": Text("Les aides {within}", "Aid schemes {within}"),
    "territory_intro": Text(
        "Chaque page dit qui peut demander l’aide, combien et comment, avant que vous commenciez.",
        "Each page says who may apply, how much and how, before you start.",
    ),
    "open": Text("Ouverte", "Open"),
    "open_title": Text("Aides ouvertes", "Open schemes"),
    "open_detail": Text("Demande possible jusqu’au {closing} inclus", "Apply until {closing} included"),
    "before": Text("À venir", "Coming"),
    "before_title": Text("Aides à venir", "Coming schemes"),
    "before_detail": Text("Ouverture le {opening}", "Opens on {opening}"),
    "closed": Text("Close", "Closed"),
    "closed_title": Text("Aides closes", "Closed schemes"),
    "closed_detail": Text("Dépôt ouvert jusqu’au {closing} inclus", "Open until {closing} included"),
    "months": Text("{count} mois", "{count} months", "", "{count} month"),
    "days": Text("{count} jours", "{count} days", "{count} jour", "{count} day"),
    "years": Text("{count} ans", "{count} years", "{count} an", "{count} year"),
    "contact_service": Text("Service", "Service"),
    "contact_name": Text("Assistance", "Helpdesk"),
    "contact_email": Text("Courriel", "E-mail"),
    "contact_phone": Text("Téléphone", "Phone"),
    "contact_address": Text("Adresse", "Address"),
    "contact_hours": Text("Horaires", "Hours"),
    "accessibility_title": Text("Déclaration d’accessibilité", "Accessibility statement"),
    "accessibility_duty": Text(
        "{authority} s’engage à rendre ce service accessible, conformément à l’article 47 de la loi n° 2005-102 du"
        " 11 février 2005.",
        "{authority} undertakes to make this service accessible, under article 47 of French law no. 2005-102 of"
        " 11 February 2005.",
    ),
    "accessibility_state": Text("État de conformité", "State of compliance"),
    "accessibility_none": Text(
        "Accessibilité : non conforme (évaluation du {day}).", "Accessibility: not compliant (assessed on {day})."
    ),
    "accessibility_partial": Text(
        "Accessibilité : partiellement conforme (évaluation du {day}).",
        "Accessibility: partially compliant (assessed on {day}).",
    ),
    "accessibility_full": Text(
        "Accessibilité : totalement conforme (évaluation du {day}).",
        "Accessibility: fully compliant (assessed on {day}).",
    ),
    "accessibility_results": Text("Résultats de l’évaluation", "Results of the assessment"),
    "accessibility_met": Text(
        "{rate} % des critères du RGAA 4.1 qui s’appliquent sont respectés.",
        "{rate}% of the criteria of RGAA 4.1 that apply are met.",
    ),
    "accessibility_by": Text("Évaluation faite par {name}.", "Assessment made by {name}."),
    "accessibility_not": Text("Ce qui n’est pas accessible", "What is not accessible"),
    "accessibility_exempt": Text("Ce qui n’y est pas soumis, ou y dérogerait", "What is not subject to it, or exempt"),
    "accessibility_made": Text("Établissement de cette déclaration", "How this statement was made"),
    "accessibility_made_text": Text(
        "Déclaration établie le {day}. Techniques employées : HTML, CSS, SVG ; JavaScript facultatif ; les courriers"
        " sont des PDF balisés (PDF/UA).",
        "Statement made on {day}. Techniques used: HTML, CSS, SVG; optional JavaScript; letters are tagged PDF"
        " (PDF/UA).",
    ),
    "accessibility_statement": Text("Lire la déclaration complète", "Read the full statement"),
    "accessibility_state_text": Text(
        "Ce service est non conforme au référentiel général d’amélioration de l’accessibilité (RGAA 4.1) tant qu’aucun"
        " audit n’a été publié ici.",
        "This service is not compliant with the French accessibility reference (RGAA 4.1) as long as no audit is"
        " published here.",
    ),
    "accessibility_done": Text("Ce qui est fait", "What is done"),
    "accessibility_done_text": Text(
        "Les pages s’utilisent au clavier, avec un lecteur d’écran, sans JavaScript, agrandies à 400 % et sur un écran"
        " étroit ; des essais automatiques le vérifient à chaque version du logiciel.",
        "Pages work with the keyboard, with a screen reader, without JavaScript, enlarged to 400% and on a narrow"
        " screen; automatic tests check it at each version of the software.",
    ),
    "accessibility_tell": Text("Signaler une difficulté", "Report a difficulty"),
    "accessibility_tell_text": Text(
        "Si une page vous arrête, dites-le-nous : nous vous donnerons l’information ou prendrons votre demande"
        " autrement.",
        "If a page stops you, tell us: we will give you the information or take your application another way.",
    ),
    "accessibility_defender": Text("Voies de recours", "Appeal"),
    "accessibility_defender_text": Text(
        "Sans réponse satisfaisante, vous pouvez saisir le Défenseur des droits : formulaire sur defenseurdesdroits.fr,"
        " téléphone 09 69 39 00 00, ou courrier gratuit à « Défenseur des droits, Libre réponse 71120, 75342 Paris"
        " CEDEX 07 ».",
        "Without a satisfactory answer, you may apply to the Défenseur des droits: form on defenseurdesdroits.fr, phone"
        " 09 69 39 00 00, or free post to “Défenseur des droits, Libre réponse 71120, 75342 Paris CEDEX 07”.",
    ),
    "legal_title": Text("Mentions légales", "Legal notice"),
    "legal_who": Text("Éditeur", "Publisher"),
    "legal_publisher": Text("Collectivité", "Authority"),
    "legal_council": Text("Assemblée", "Council"),
    "legal_city": Text("Siège", "Seat"),
    "legal_contact": Text("Contact", "Contact"),
    "legal_software": Text("Logiciel", "Software"),
    "legal_software_text": Text(
        "Ce service fonctionne avec Guichet, logiciel libre sous licence Apache 2.0. Son aspect repose sur"
        " Designsystemet (licence MIT).",
        "This service runs on Guichet, free software under the Apache 2.0 licence. Its look is based on"
        " Designsystemet (MIT licence).",
    ),
    "legal_cookies": Text("Témoins (cookies)", "Cookies"),
    "legal_cookies_text": Text(
        "Ce site ne mesure pas l’audience et n’appelle aucun autre site. Il dépose seulement les témoins nécessaires"
        " à la connexion, à la protection des formulaires et au choix de la langue : ils ne demandent pas de"
        " consentement. Le temps d’un envoi, l’onglet garde ce que vous avez écrit, pour vous le rendre s’il n’arrive"
        " pas ; il l’efface à la page suivante.",
        "This site measures no audience and calls no other site. It only sets the cookies needed to sign in, to protect"
        " forms and to keep the language: they need no consent. While something is sent, the tab keeps what you wrote,"
        " to give it back if it does not arrive; the next page erases it.",
    ),
    "data_title": Text("Données personnelles", "Personal data"),
    "data_intro": Text(
        "Vos réponses et vos pièces servent à instruire votre demande, à vous répondre et à vous payer. Voici, pour"
        " chaque aide, qui en répond, qui les voit et combien de temps elles sont gardées.",
        "Your answers and attachments serve to treat your application, to answer you and to pay you. Here is, for each"
        " aid, who is responsible for them, who sees them and for how long they are kept.",
    ),
    "data_controller": Text("Responsable du traitement", "Controller"),
    "data_dpo": Text("Délégué à la protection des données", "Data protection officer"),
    "data_purposes": Text("Finalités", "Purposes"),
    "data_legal_basis": Text("Base légale", "Legal basis"),
    "data_recipients": Text("Destinataires", "Recipients"),
    "data_retention": Text("Durée de conservation", "Kept for"),
    "data_retention_text": Text(
        "{granted} pour une aide accordée, {refused} pour un refus, {dropped} pour une demande abandonnée.",
        "{granted} for aid that was granted, {refused} for a refusal, {dropped} for an application that was dropped.",
    ),
    "data_algorithm": Text("Traitement algorithmique", "Algorithmic processing"),
    "data_algorithm_text": Text(
        "Un traitement algorithmique aide à {purpose}. La décision est prise par une personne. Vous pouvez demander"
        " communication des règles appliquées à votre cas (code des relations entre le public et l’administration,"
        " art. L311-3-1), et saisir la CADA en cas de refus.",
        "Algorithmic processing helps to: {purpose}. The decision is taken by a person. You may ask for the rules as"
        " applied to your case (French code of relations between public and administration, art. L311-3-1), and apply"
        " to the CADA if refused.",
    ),
    "data_account": Text("Votre compte", "Your account"),
    "data_account_text": Text(
        "Votre compte tient en une adresse électronique. Les codes de connexion sont effacés après leur expiration ;"
        " l’adresse de votre réseau ne sert qu’à limiter les essais et n’est gardée que sous forme d’empreinte, une"
        " journée.",
        "Your account is an e-mail address. Sign-in codes are deleted after they expire; the address of your network"
        " only serves to limit tries and is kept only as a digest, for a day.",
    ),
    "data_rights": Text("Vos droits", "Your rights"),
    "data_rights_text": Text(
        "Vous pouvez demander l’accès à vos données, leur rectification, leur effacement ou la limitation de leur"
        " usage,"
        " et vous opposer à leur traitement, auprès du délégué à la protection des données. Si la réponse ne vous"
        " convient pas : CNIL, 3 place de Fontenoy, TSA 80715, 75334 Paris CEDEX 07, cnil.fr.",
        "You may ask to see your data, to have them corrected, deleted or their use limited, and object to their"
        " processing, by writing to the data protection officer. If the answer does not suit you: CNIL, 3 place de"
        " Fontenoy, TSA 80715, 75334 Paris CEDEX 07, cnil.fr.",
    ),
    "help_title": Text("Aide et contact", "Help and contact"),
    "help_intro": Text(
        "Une question avant de commencer, ou pendant votre demande : appelez ou écrivez, avec la référence de votre"
        " dossier si vous en avez une.",
        "A question before you start, or during your application: call or write, with the reference of your dossier if"
        " you have one.",
    ),
    "help_service": Text("Le service des aides", "The aid service"),
    "help_none": Text(
        "Les coordonnées de ce service ne sont pas encore publiées.", "Contact details are not published yet."
    ),
    "mails_title": Text("Messages du bac à sable", "Messages of the sandbox"),
    "mails_intro": Text(
        "Ici, rien ne part : les messages que recevraient demandeurs et agents s’affichent sur cette page, le plus"
        " récent"
        " d’abord.",
        "Nothing leaves here: the messages that applicants and agents would receive are shown on this page, the latest"
        " first.",
    ),
    "mails_reload": Text("Recharger la page", "Reload the page"),
    "mails_to": Text("À : {to}", "To: {to}"),
    "mails_none": Text("Aucun message pour l’instant.", "No message yet."),
    "codes_title": Text("Téléphones des agents", "Agents’ phones"),
    "codes_intro": Text(
        "Le code que montrerait en ce moment le téléphone de chaque agent de démonstration ; il change toutes les"
        " trente"
        " secondes.",
        "The code that the phone of each demonstration agent would show now; it changes every thirty seconds.",
    ),
}
