"""The frame of every page: header, banner, navigation, footer."""

from guichet.locale.texts import Text

TEXTS = {
    "skip": Text("Aller au contenu", "Skip to content"),
    "breadcrumb": Text("Vous êtes ici", "You are here"),
    "home": Text("Accueil", "Home"),
    "home_of": Text("Accueil du site des aides – {territory}", "Home of the aid site – {territory}"),
    "navigation": Text("Navigation principale", "Main navigation"),
    "service": Text("Mes aides", "My aid"),
    "sandbox": Text("Bac à sable", "Sandbox"),
    "practice": Text("Exercice", "Practice"),
    "practice_text": Text(
        "ce dossier n’est pas réel : il n’est ni compté ni payé.", "this dossier is not real: neither counted nor paid."
    ),
    "sandbox_day": Text(
        "nous sommes le {day}. Aucune demande faite ici n’est réelle.",
        "it is {day}. No application made here is real.",
    ),
    "sign_out": Text("Se déconnecter", "Sign out"),
    "signed_in_as": Text("Connecté :", "Signed in:"),
    "accessibility": Text("Accessibilité : {status}", "Accessibility: {status}"),
    "accessibility_page": Text("Accessibilité", "Accessibility"),
    "accessibility_none": Text("non conforme", "not compliant"),
    "accessibility_partial": Text("partiellement conforme", "partially compliant"),
    "accessibility_full": Text("totalement conforme", "fully compliant"),
    "legal": Text("Mentions légales", "Legal notice"),
    "privacy": Text("Données personnelles", "Personal data"),
    "help": Text("Aide et contact", "Help and contact"),
    "footer": Text("Informations sur le site", "About this site"),
    "made_with": Text(
        "{territory} – téléservice réalisé avec le logiciel libre Guichet.",
        "{territory} – online service made with the free software Guichet.",
    ),
    "search": Text("Rechercher un dossier", "Search for a dossier"),
    "search_hint": Text("Référence, SIRET ou nom", "Reference, SIRET or name"),
    "search_go": Text("Rechercher", "Search"),
    "agents": Text("Espace agents", "Agents’ space"),
    "menu": Text("Menu", "Menu"),
    "other_language": Text("English", "Français"),
    "other_language_code": Text("en", "fr"),
}
