"""Words for invented people, companies and places; any likeness is chance."""

from __future__ import annotations

__all__ = ["CITIES", "COMPANIES", "FIRST_NAMES", "LAST_NAMES", "PHONES", "PLACES", "SENTENCES", "STREETS"]

FIRST_NAMES = (
    "Adèle", "Alban", "Aline", "Anaïs", "Armand", "Aude", "Basile", "Béatrice", "Benoît", "Brigitte", "Camille",
    "Céline", "Chloé", "Clément", "Corinne", "Cyril", "Damien", "Delphine", "Denis", "Éléonore", "Élise", "Émile",
    "Estelle", "Étienne", "Fanny", "Fatima", "Firmin", "Florence", "Françoise", "Gaël", "Gérard", "Hélène", "Hugo",
    "Inès", "Irène", "Jérôme", "Joëlle", "Karim", "Laure", "Léa", "Lionel", "Loïc", "Lucie", "Maël", "Malika", "Marc",
    "Maud", "Mehdi", "Mélanie", "Nadia", "Noémie", "Olivier", "Pascale", "Paul", "Perrine", "Rachid", "Régine",
    "Rémi", "Romane", "Sabine", "Samir", "Solène", "Sylvain", "Tatiana", "Théo", "Valérie", "Victor", "Yann",
    "Yasmine", "Zoé",
)  # fmt: skip
LAST_NAMES = (
    "Abgrall", "Allard", "Amiot", "Aubertin", "Bachelard", "Barbereau", "Baudoin", "Belhadj", "Bonnefoy",
    "Bourdillon", "Brémond", "Cadiou", "Castaing", "Chauvel", "Corbière", "Courtois", "Daguerre", "Delaunoy",
    "Desrosiers", "Diarra", "Doucet", "Escande", "Etcheverry", "Fabregoule", "Ferrandi", "Fontanel", "Garnaud",
    "Gaudry", "Grandjean", "Guéguen", "Guilloteau", "Haddad", "Jaffrès", "Jacquemin", "Joubert", "Kerboul",
    "Lacassagne", "Lafarge", "Lamotte", "Le Goff", "Lemoine", "Lepoutre", "Luciani", "Maillard", "Marchand",
    "Mercadier", "Montagnac", "Nguyen", "Ollivier", "Ortiz", "Paoli", "Pellerin", "Perrachon", "Quéméner", "Rambaud",
    "Revel", "Rossignol", "Roussel", "Sabatier", "Santoni", "Schmitt", "Tessier", "Thibaudeau", "Touré", "Vasseur",
    "Verdier", "Vigneron", "Weber", "Ximenes", "Zeller",
)  # fmt: skip
COMPANIES = (
    "Boulangerie {last}", "Café {place}", "Brasserie {place}", "Restaurant {last}", "Salon {first}",
    "Coiffure {first}", "Garage {last}", "Taxi {last}", "Librairie {place}", "Fleurs {first}", "Menuiserie {last}",
    "Peinture {last}", "Maçonnerie {last}", "Hôtel {place}", "Crêperie {place}", "Institut {first}", "Atelier {last}",
    "Traiteur {last}", "Épicerie {place}", "Auto-école {place}", "Pressing {place}", "Boutique {first}",
    "Studio {last}", "Plomberie {last}",
)  # fmt: skip
PLACES = (
    "du Port", "de la Gare", "du Marché", "des Halles", "du Pont", "de la Poste", "du Lavoir", "de la Fontaine",
    "du Centre", "des Platanes", "du Vieux Moulin", "de la Tour", "des Remparts", "du Canal", "de la Place",
    "des Tilleuls",
)  # fmt: skip
STREETS = ("rue", "avenue", "place", "chemin", "boulevard", "impasse")
CITIES = (
    "Saint-Aubin-le-Vieux", "Montreval", "Villeneuve-aux-Bois", "La Chapelle-Basse", "Beaumont-l'Évêque",
    "Roquefeuil", "Pont-sur-Vire", "Saint-Cyr-des-Landes", "Fontenelles", "Castelbon", "Neuville-la-Ronde",
    "Port-Marie", "Les Granges-Hautes", "Vaux-le-Grand", "Sainte-Colombe-sur-Lys", "Clairmarais", "Bourg-Neuf",
    "Hautecombe",
)  # fmt: skip
PHONES = ("019900", "026191", "035301", "046571", "053649")
"""The beginnings that the numbering plan keeps for works of fiction."""
SENTENCES = (
    "Mon activité s'est arrêtée mi-mars et mes charges continuent.",
    "Je n'ai plus de recettes et je dois payer mon loyer et mes fournisseurs.",
    "Les commandes ont été annulées. Sans aide, je ne pourrai pas payer les prochaines échéances.",
    "Nous avons gardé notre personnel, mais la trésorerie ne tiendra pas un mois de plus.",
    "La saison est perdue ; la banque ne suit plus.",
    "Les chantiers sont à l'arrêt et les factures en attente ne sont pas réglées.",
)
