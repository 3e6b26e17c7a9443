"""Pages anyone may read."""

from guichet.locale.texts import Text

TEXTS = {
    "schemes": Text("Les aides", "Aid schemes"),
    "my_dossiers": Text("Mes demandes", "My applications"),
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
        "{authority} vous accompagne : chaque page dit qui peut demander l’aide, combien et comment, avant que vous"
        " commenciez.",
        "{authority} supports you: each page says who may apply, how much and how, before you start.",
    ),
    "open": Text("Ouverte", "Open"),
    "open_title": Text("Aides ouvertes", "Open schemes"),
    "open_detail": Text("Demande possible jusqu’au {closing} inclus", "Apply until {closing} included"),
    "before": Text("À venir", "Coming"),
    "before_title": Text("Aides à venir", "Coming schemes"),
    "before_detail": Text("Ouverture le {opening}", "Opens on {opening}"),
    "closed": Text("Close", "Closed"),
    "closed_title": Text("Aides closes", "Closed schemes"),
    "closed_detail": Text("Dépôt clos depuis le {closing}", "Applications closed on {closing}"),
}
