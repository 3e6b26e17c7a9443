"""Signing in: applicants by mail, agents by password and code."""

from guichet.locale.texts import Text

TEXTS = {
    "lost": Text(
        "Votre session a pris fin : ce que vous veniez d’envoyer n’est pas arrivé. Ce qui était déjà enregistré est"
        " gardé. Connectez-vous pour reprendre.",
        "Your session has ended: what you were sending has not arrived. What was saved before is kept. Sign in to"
        " go on.",
    ),
    "title": Text("Se connecter", "Sign in"),
    "intro": Text(
        "Pas de mot de passe : nous vous envoyons un code par courriel, que vous ayez déjà un compte ou non.",
        "No password: we send you a code by e-mail, whether or not you already have an account.",
    ),
    "address": Text("Votre adresse électronique", "Your e-mail address"),
    "address_hint": Text("Par exemple prenom.nom@exemple.fr", "For example first.last@example.com"),
    "send": Text("Recevoir mon code", "Send me a code"),
    "bad_address": Text(
        "Écrivez une adresse électronique complète, par exemple prenom.nom@exemple.fr.",
        "Type a complete e-mail address, for example first.last@example.com.",
    ),
    "code_title": Text("Entrez le code reçu", "Enter the code you received"),
    "sent_to": Text("Nous venons d’écrire à", "We have just written to"),
    "correct": Text("Corriger", "Correct"),
    "correct_what": Text("l’adresse électronique", "the e-mail address"),
    "code_intro": Text(
        "Le message contient un code à six chiffres et un lien, valables {minutes} minutes : l’un ou l’autre suffit.",
        "The message holds a six-digit code and a link, valid for {minutes} minutes: either will do.",
    ),
    "code": Text("Code à six chiffres", "Six-digit code"),
    "code_hint": Text("Par exemple 123 456", "For example 123 456"),
    "enter": Text("Me connecter", "Sign me in"),
    "wrong_code": Text(
        "Ce code n’est pas le bon. Il vous reste {count} essais.",
        "This is not the right code. You have {count} tries left.",
        "Ce code n’est pas le bon. Il vous reste {count} essai.",
        "This is not the right code. You have {count} try left.",
    ),
    "dead_code": Text(
        "Ce code ne peut plus servir. Demandez-en un nouveau.", "This code can no longer be used. Ask for a new one."
    ),
    "dead_link": Text(
        "Ce lien a déjà servi, ou il a expiré. Demandez un nouveau code.",
        "This link was already used, or has expired. Ask for a new code.",
    ),
    "link_title": Text("Vous connecter", "Sign in"),
    "link_text": Text(
        "Appuyez sur le bouton pour terminer la connexion. Si vous n’avez rien demandé, fermez simplement cette page.",
        "Press the button to finish signing in. If you asked for nothing, simply close this page.",
    ),
    "nothing_came": Text("Vous ne recevez rien ?", "Nothing came?"),
    "nothing_came_text": Text(
        "Le message arrive d’ordinaire en une minute. Regardez parmi les indésirables et vérifiez l’adresse ci-dessus.",
        "The message usually arrives within a minute. Look in the spam folder and check the address above.",
    ),
    "again": Text("Demander un nouveau code", "Ask for a new code"),
    "signed_out": Text("Vous êtes déconnecté.", "You are signed out."),
    "sandbox_mails": Text(
        "Dans ce bac à sable, les messages ne partent pas : ils s’affichent sur",
        "In this sandbox no message leaves: they are shown on",
    ),
    "sandbox_mails_link": Text("la page des messages", "the page of messages"),
    "mail_subject": Text("{code} est votre code de connexion", "{code} is your sign-in code"),
    "mail_body": Text(
        "Bonjour,\n\nVotre code de connexion : {code}\n\nVous pouvez aussi ouvrir ce lien :\n{link}\n\n"
        "Le code et le lien servent une seule fois, pendant {minutes} minutes. Ne les donnez à personne : aucun"
        " agent ne"
        " vous les demandera.\nSi vous n’avez rien demandé, ne faites rien.\n\n{sender}\n",
        "Hello,\n\nYour sign-in code: {code}\n\nYou may also open this link:\n{link}\n\n"
        "The code and the link serve once, within {minutes} minutes. Give them to nobody: no agent will ask for them.\n"
        "If you asked for nothing, do nothing.\n\n{sender}\n",
    ),
    "agent_title": Text("Espace agents : connexion", "Agents’ space: sign in"),
    "agent_address": Text("Adresse électronique professionnelle", "Work e-mail address"),
    "password": Text("Mot de passe", "Password"),
    "go_on": Text("Continuer", "Continue"),
    "agent_refused": Text(
        "Ces informations ne permettent pas d’entrer. Vérifiez-les ; après plusieurs essais, un compte se repose"
        " quelques"
        " minutes.",
        "These details do not let you in. Check them; after several tries an account rests for some minutes.",
    ),
    "no_assignment": Text(
        "Votre habilitation a pris fin. Demandez à la personne qui administre le service de la renouveler.",
        "Your assignment has ended. Ask the person who administers the service to renew it.",
    ),
    "agent_code_title": Text("Entrez le code de votre téléphone", "Enter the code of your phone"),
    "agent_code_intro": Text(
        "Ouvrez l’application d’authentification de votre téléphone et recopiez le code à six chiffres.",
        "Open the authenticator application of your phone and copy the six-digit code.",
    ),
    "wrong_totp": Text(
        "Ce code n’est pas le bon, ou il a déjà servi. Attendez le suivant.",
        "This code is not the right one, or was already used. Wait for the next.",
    ),
    "enrolment_title": Text("Première connexion", "First sign-in"),
    "enrolment_phone": Text("1. Votre téléphone", "1. Your phone"),
    "enrolment_intro": Text(
        "Avec une application d’authentification (FreeOTP, Aegis, celle de votre service…), photographiez ce carré ou"
        " recopiez la clé.",
        "With an authenticator application (FreeOTP, Aegis, your service’s own…), scan this square or copy the key.",
    ),
    "qr_alt": Text(
        "Carré à photographier ; la clé en lettres est écrite dessous.", "Square to scan; the key in letters is below."
    ),
    "totp_key": Text("Clé", "Key"),
    "enrolment_password": Text("2. Votre mot de passe", "2. Your password"),
    "new_password": Text("Nouveau mot de passe", "New password"),
    "new_password_hint": Text(
        "Au moins {count} caractères. Une phrase dont vous vous souviendrez convient très bien.",
        "At least {count} characters. A sentence you will remember does very well.",
    ),
    "again_password": Text("Le même, encore une fois", "The same, once more"),
    "first_code": Text("Code affiché par le téléphone", "Code shown by the phone"),
    "enrol": Text("Enregistrer et entrer", "Save and enter"),
    "password_short": Text(
        "Ce mot de passe est trop court : douze caractères au moins.",
        "This password is too short: at least twelve characters.",
    ),
    "password_long": Text(
        "Ce mot de passe est trop long : 128 caractères au plus.", "This password is too long: at most 128 characters."
    ),
    "password_obvious": Text(
        "Ce mot de passe se devine : il contient votre nom, ou toujours les mêmes caractères.",
        "This password can be guessed: it holds your name, or always the same characters.",
    ),
    "password_same": Text(
        "Choisissez un autre mot de passe que celui reçu.", "Choose another password than the one received."
    ),
    "password_differs": Text("Les deux mots de passe ne sont pas les mêmes.", "The two passwords are not the same."),
}
