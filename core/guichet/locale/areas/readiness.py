"""What the launch list says: its items, and the message that tests the sender."""

from guichet.locale.texts import Text

TEXTS = {
    "act": Text("Acte de référence", "Act of reference"),
    "signatory": Text("Signataire à l’ouverture", "Signatory at the opening"),
    "data_protection": Text(
        "Responsable de traitement et délégué à la protection des données", "Controller and data protection officer"
    ),
    "impact_assessment": Text("Analyse d’impact", "Impact assessment"),
    "homologation": Text("Homologation de sécurité (RGS)", "Security homologation (RGS)"),
    "accessibility": Text("Déclaration d’accessibilité", "Accessibility statement"),
    "retention": Text("Visa des archives sur les durées de conservation", "Visa of the archives on retention"),
    "sender": Text("Expéditeur des messages essayé", "Sender of messages tested"),
    "helpdesk": Text("Téléphone et horaires d’aide", "Helpdesk number and hours"),
    "agents": Text("Deux agents par rôle", "Two agents for each role"),
    "payer": Text("Payeur et imputation", "Payer and imputation"),
    "envelope": Text("Enveloppe", "Envelope"),
    "letters": Text("Courriers de chaque décision", "Letters of each decision"),
    "examples": Text("Exemples", "Examples"),
    "opening": Text("Heure d’ouverture", "Hour of opening"),
    "accessibility_none": Text("non conforme", "not compliant"),
    "accessibility_partial": Text("partiellement conforme", "partially compliant"),
    "accessibility_full": Text("totalement conforme", "fully compliant"),
    "across_territory": Text("pour ce territoire", "for this territory"),
    "across_all_territories": Text("commune à tous les territoires", "shared by all territories"),
    "spent_wait": Text("épuisée, les accords attendent", "once spent, grants wait"),
    "spent_alert": Text("épuisée, elle alerte", "once spent, it warns"),
    "role_instructor": Text("instructeur", "instructor"),
    "role_decider": Text("décideur", "decider"),
    "letter_granted": Text("accord", "grant"),
    "letter_granted_in_part": Text("accord partiel", "grant in part"),
    "letter_refused": Text("refus", "refusal"),
    "letter_inadmissible": Text("irrecevabilité", "inadmissibility"),
    "letter_dropped": Text("classement sans suite", "dropped"),
    "letter_transferred": Text("transmission", "transfer"),
    "letter_claimed": Text("réclamation", "claim"),
    "letter_revoked": Text("retrait", "revocation"),
    "part_sender": Text("les coordonnées de l’expéditeur, en tête", "the sender’s address, at the top"),
    "part_place": Text("la ville d’où il part", "the city it leaves from"),
    "part_subject": Text("son objet", "its subject"),
    "part_body": Text("son texte", "its text"),
    "part_signatory": Text("le nom ou la qualité du signataire", "the signatory’s name or quality"),
    "part_footer": Text("son pied de page", "its footer"),
    "test_subject": Text("Essai de l’expéditeur ({territory})", "Test of the sender ({territory})"),
    "test_body": Text(
        "Ce message vérifie que le téléservice peut écrire à ses usagers ({territory}).\n\n"
        "Pour dire qu’il est arrivé, donnez ce code : {code}\n",
        "This message checks that the teleservice can write to its users ({territory}).\n\n"
        "To say that it arrived, give this code: {code}\n",
    ),
}
