"""Pages that show every component with plausible content, for browser tests and for the eye."""

from __future__ import annotations

from pathlib import Path

from guichet.locale import Language
from guichet.web.frames import AgentFrame, Link, PrintFrame, PublicFrame
from guichet.web.rendering import PACKAGED_TEMPLATES, Renderer, csrf_field, safe

GALLERY_TEMPLATES = Path(__file__).parent / "gallery"
PAGES = ("gallery", "work_table", "confirm", "receipt")

_PUBLIC = PublicFrame(
    title="Votre trésorerie à trente jours",
    territory="Région Bretagne",
    home_url="/t/reg-53/",
    theme_url="/theme.css",
    logo_url="/logo.svg",
    sandbox_day="20 avril 2020",
    navigation=(Link("Les aides", "/aides", current=True), Link("Mes demandes", "/demandes"), Link("Aide", "/aide")),
    breadcrumb=(Link("Accueil", "/"), Link("Fonds de solidarité – volet 2", "/fds"), Link("Ma demande")),
    has_errors=True,
    user="camille.le-goff@example.org",
    sign_out_url="/sign-out",
    csrf=csrf_field("gallery"),
    accessibility="partial",
    accessibility_url="/accessibilite",
    legal_url="/mentions",
    privacy_url="/donnees",
    help_url="/contact",
)
_AGENT = AgentFrame(
    title="Dossiers à instruire",
    territory="Région Bretagne",
    home_url="/agents/",
    theme_url="/theme.css",
    logo_url="/logo.svg",
    sandbox_day="20 avril 2020",
    navigation=(Link("Dossiers", "/d", current=True), Link("Paiements", "/p"), Link("Journal", "/j")),
    breadcrumb=(Link("Dispositifs", "/"), Link("Volet 2")),
    agent="Nolwenn Tanguy",
    organisation="Région Bretagne – instruction",
    account_url="/account",
    sign_out_url="/sign-out",
    csrf=csrf_field("gallery"),
    search_url="/search",
    accessibility_url="/accessibilite",
    legal_url="/mentions",
)
_FRAMES = {
    "gallery": _PUBLIC,
    "work_table": _AGENT,
    "confirm": _PUBLIC,
    "receipt": PrintFrame("Accusé de réception", "Région Bretagne", "/theme.css", "/logo.svg", "20 avril 2020"),
}
_LOANS = [
    {"value": "refuse", "label": "La banque a refusé", "hint": "Un refus écrit ou oral"},
    {"value": "sans_reponse", "label": "Sans réponse depuis dix jours"},
    {"value": "accepte", "label": "La banque a accepté"},
]
_QUESTIONS = [
    {
        "widget": "text",
        "name": "siret",
        "label": "Numéro SIRET",
        "value": "123 456 789 00012",
        "size": 20,
        "hint": "14 chiffres, sur votre avis de situation",
        "error": "Ce numéro SIRET n’existe pas : vérifiez les chiffres.",
        "inputmode": "numeric",
    },
    {"widget": "section", "label": "Votre trésorerie", "hint": "Les montants sont ceux de trente jours à venir."},
    {
        "widget": "money",
        "name": "actif_disponible",
        "label": "Actif disponible",
        "value": "1 234,50",
        "hint": safe("<p>Ce qui est en banque et en caisse <strong>aujourd’hui</strong>.</p>"),
    },
    {
        "widget": "money",
        "name": "dettes_30j",
        "label": "Dettes exigibles dans les trente jours",
        "error": "Indiquez un montant, par exemple 1 500 ou 1 500,50.",
    },
    {"widget": "number", "name": "effectif", "label": "Salariés au 1er mars 2020", "unit": "salariés", "value": "3"},
    {"widget": "date", "name": "date_demande_pret", "label": "Date de votre demande de prêt"},
    {"widget": "month", "name": "mois", "label": "Mois de référence", "required": False},
    {"widget": "yes_no", "name": "exercice_clos", "label": "Avez-vous clos un exercice ?", "value": "true"},
    {
        "widget": "radios",
        "name": "pret",
        "label": "Votre demande de prêt",
        "choices": _LOANS,
        "value": "refuse",
        "error": "Choisissez une réponse.",
    },
    {"widget": "select", "name": "secteur", "label": "Secteur", "choices": [{"value": "s1", "label": "Hôtellerie"}]},
    {
        "widget": "checkboxes",
        "name": "charges",
        "label": "Charges fixes",
        "choices": _LOANS[:2],
        "values": ["refuse"],
        "required": False,
    },
    {"widget": "email", "name": "courriel", "label": "Adresse électronique", "value": "camille@example.org"},
    {"widget": "tel", "name": "telephone", "label": "Téléphone", "required": False},
    {"widget": "textarea", "name": "situation", "label": "Votre situation", "value": "Deux lignes\net <fin>"},
    {
        "widget": "file",
        "name": "rib",
        "label": "Relevé d’identité bancaire",
        "limits": "PDF ou photo, 10 Mo au maximum",
        "accept": ".pdf,.jpg,.png",
        "sent": [{"id": "a1", "name": "rib-2020.pdf", "size": "84 ko", "href": "/f/a1"}],
    },
    {"widget": "note", "title": "Bon à savoir", "text": "Vous pouvez revenir plus tard : vos réponses sont gardées."},
    {
        "widget": "checkbox",
        "name": "sincerite",
        "label": "Je certifie sur l’honneur l’exactitude de mes réponses.",
        "error": "Cette déclaration est nécessaire.",
    },
]
_CRITERIA = [
    {
        "label": "Au moins un salarié au 1er mars 2020",
        "state": "met",
        "found": "3 salariés",
        "threshold": "1 ou plus",
        "article": "Décret n° 2020-371, art. 4",
    },
    {
        "label": "Trésorerie insuffisante à trente jours",
        "state": "failed",
        "found": "+ 1 250 €",
        "threshold": "moins de 0 €",
        "text": "Votre trésorerie couvre vos échéances.",
        "article": "Décret n° 2020-371, art. 4",
    },
    {"label": "Montant du prêt demandé raisonnable", "state": "awaited", "text": "La Région l’examine."},
]
_DOSSIERS = [
    {
        "id": str(number),
        "label": f"7K3M-9QX2-T{number}",
        "cells": [
            {"text": f"7K3M-9QX2-T{number}", "href": f"/d/{number}", "note": name},
            "17 avril 2020",
            amount,
            {"text": state, "tag": colour},
            "aucune alerte" if number != 2 else {"text": "Même IBAN", "note": "2 dossiers"},
        ],
    }
    for number, name, amount, state, colour in (
        (1, "Crêperie du Port", "3 500 €", "Favorable", "success"),
        (2, "Garage Le Bihan", "2 000 €", "À instruire", "info"),
        (3, "Atelier Kermarrec", "5 000 €", "Incomplet", "warning"),
        (4, "Menuiserie Tanguy", "–", "Défavorable", "danger"),
    )
]
_CONTEXT = {
    "csrf": csrf_field("gallery"),
    "errors": [
        {"name": "siret", "text": "Ce numéro SIRET n’existe pas : vérifiez les chiffres."},
        {"name": "pret", "text": "Choisissez une réponse."},
        {"name": "", "text": "La page a été modifiée dans une autre fenêtre."},
    ],
    "introduction": safe("<p>Répondez avec les chiffres de votre entreprise. <a href='/aide'>Besoin d’aide ?</a></p>"),
    "questions": _QUESTIONS,
    "associates": [{"index": 0, "title": "Associé 1", "name": "Le Goff"}],
    "criteria": _CRITERIA,
    "answers": [
        {"label": "SIRET", "value": "123 456 789 00012", "change_url": "/c#siret"},
        {"label": "Chiffre d’affaires HT du dernier exercice clos", "value": "140 000 €", "change_url": "/c#ca"},
        {"label": "Téléphone", "value": "", "error": "Cette réponse est nécessaire."},
    ],
    "events": [
        {"title": "Demande déposée", "when": "17 avril 2020 à 9 h 12", "state": "done"},
        {
            "title": "Avis de la Région",
            "when": "D’ici le 24 avril 2020",
            "state": "current",
            "text": "Un agent lit votre demande.",
        },
        {"title": "Décision de la Préfecture", "when": "", "state": "todo"},
    ],
    "figures": [
        {"label": "À instruire", "value": "128", "note": "dont 12 en retard", "href": "/1"},
        {"label": "Montant accordé", "value": "1 248 500 €"},
        {"label": "Délai médian", "value": "6 jours"},
    ],
    "columns": [
        {"label": "Dossier", "href": "/?sort=ref"},
        {"label": "Déposé le", "href": "/?sort=-date", "sort": "ascending"},
        {"label": "Montant", "align": "end", "href": "/?sort=amount"},
        {"label": "État"},
        {"label": "Alertes"},
    ],
    "dossiers": _DOSSIERS,
    "pages": [
        {"number": 1, "href": "/p1", "current": False},
        {"number": 2, "href": "/p2", "current": True},
        {"number": 3, "href": "/p3", "current": False},
        {"number": 0, "href": "", "current": False},
        {"number": 95, "href": "/p95", "current": False},
    ],
    "states": [
        {"label": label, "colour": colour}
        for label, colour in (
            ("Déposé", "info"),
            ("Accordé", "success"),
            ("À compléter", "warning"),
            ("Refusé", "danger"),
            ("Clos", "neutral"),
            ("Brouillon", "accent"),
        )
    ],
}


def gallery_page(name: str, language: Language = "fr") -> str:
    """Gives the HTML of one page of the gallery."""
    renderer = Renderer([GALLERY_TEMPLATES, PACKAGED_TEMPLATES])
    return renderer.render(f"{name}.html", language=language, page=_FRAMES[name], **_CONTEXT)
