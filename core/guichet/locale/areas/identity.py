"""Signing in through another site."""

from guichet.locale.texts import Text

TEXTS = {
    "or_by_mail": Text("Ou par courriel", "Or by e-mail"),
    "or_by_password": Text("Ou par mot de passe", "Or by password"),
    "departure_title": Text("Vers {provider}", "To {provider}"),
    "departure_text": Text(
        "Votre navigateur ouvre {provider}. Si rien ne se passe, suivez ce lien.",
        "Your browser is opening {provider}. If nothing happens, follow this link.",
    ),
    "leaving_title": Text("Se déconnecter aussi de {provider}", "Sign out of {provider} too"),
    "leaving_text": Text(
        "Vous êtes déconnecté de ce site. Votre navigateur ouvre {provider} pour terminer ; si rien ne se passe, suivez"
        " ce lien.",
        "You are signed out of this site. Your browser is opening {provider} to finish; if nothing happens, follow this"
        " link.",
    ),
    "go_on": Text("Continuer vers {provider}", "Go on to {provider}"),
    "provider": Text("le service d’identité", "the identity service"),
    "sorry_title": Text("La connexion n’a pas abouti", "The sign-in did not succeed"),
    "silent": Text(
        "Le service d’identité ne répond pas pour le moment. Vous pouvez vous connecter autrement, ou réessayer plus"
        " tard.",
        "The identity service does not answer for now. You can sign in another way, or try again later.",
    ),
    "identity_not_trusted": Text(
        "Cette connexion a déjà servi, a expiré, ou n’a pas commencé dans ce navigateur. Recommencez.",
        "This sign-in was already used, has expired, or did not begin in this browser. Start again.",
    ),
    "other_identity": Text(
        "Ce compte est déjà relié à une autre personne chez ce service d’identité. Recommencez et donnez une autre"
        " adresse, ou connectez-vous par courriel.",
        "This account is already linked to another person at that identity service. Start again and give another"
        " address, or sign in by e-mail.",
    ),
    "not_an_agent": Text(
        "Aucun agent de ce service ne porte cette adresse. Demandez à la personne qui administre le service de vous"
        " inscrire sous l’adresse de votre fournisseur d’identité.",
        "No agent of this service bears this address. Ask the person who administers the service to register you under"
        " the address of your identity provider.",
    ),
    "no_assignment": Text(
        "Votre habilitation a pris fin. Demandez à la personne qui administre le service de la renouveler.",
        "Your assignment has ended. Ask the person who administers the service to renew it.",
    ),
    "no_second_factor": Text(
        "Votre fournisseur d’identité n’a demandé qu’un seul facteur. Connectez-vous une première fois par mot de passe"
        " pour enregistrer votre téléphone, puis recommencez.",
        "Your identity provider asked for one factor only. Sign in once by password to register your phone, then start"
        " again.",
    ),
    "by_mail": Text("Se connecter par courriel", "Sign in by e-mail"),
    "by_password": Text("Se connecter par mot de passe", "Sign in by password"),
    "home": Text("Revenir à l’accueil", "Back to the home page"),
    "arrival_title": Text("Votre première connexion", "Your first sign-in"),
    "arrival_intro": Text(
        "{provider} nous a dit qui vous êtes. Il reste à dire quel compte est le vôtre : c’est à son adresse que nous"
        " vous écrirons.",
        "{provider} has told us who you are. It remains to say which account is yours: we shall write to its address.",
    ),
    "said_by": Text("Selon {provider}", "According to {provider}"),
    "given_name": Text("Prénom", "First name"),
    "family_name": Text("Nom", "Last name"),
    "birthdate": Text("Date de naissance", "Date of birth"),
    "siret": Text("SIRET", "SIRET"),
    "email": Text("Adresse électronique", "E-mail address"),
    "link_title": Text("Relier à votre compte", "Link to your account"),
    "link_text": Text(
        "Vous êtes connecté comme {account}. Si ce compte est bien le vôtre, vous pourrez désormais y entrer par"
        " {provider} aussi.",
        "You are signed in as {account}. If this account is yours, you will be able to enter it through {provider}"
        " too.",
    ),
    "link": Text("Relier à ce compte", "Link to this account"),
    "other_account": Text("Ou à un autre compte", "Or to another account"),
    "by_code": Text("Confirmer votre adresse", "Confirm your address"),
    "by_code_text": Text(
        "Nous y envoyons un code, une seule fois. Si vous avez déjà un compte à cette adresse, vous le retrouverez avec"
        " ses dossiers ; sinon il sera créé.",
        "We send a code there, this once. If you already have an account at this address, you will find it with its"
        " applications; otherwise it will be made.",
    ),
    "also_with": Text("Se connecter aussi avec", "Also sign in with"),
    "also_with_text": Text(
        "Reliez une identité à ce compte : vous pourrez y entrer sans attendre de courriel.",
        "Link an identity to this account: you will be able to enter it without waiting for a mail.",
    ),
    "account_title": Text("Mon compte", "My account"),
    "assignments": Text("Vos habilitations", "Your assignments"),
    "every_scheme": Text("tous les dispositifs", "every scheme"),
    "until": Text("jusqu’au {day}", "until {day}"),
    "role_instructor": Text("Instruction", "Instruction"),
    "role_decider": Text("Décision", "Decision"),
    "role_helpdesk": Text("Accueil des demandeurs", "Helpdesk"),
    "role_supervisor": Text("Suivi", "Supervision"),
    "role_finance": Text("Paiement", "Payment"),
    "role_admin": Text("Administration", "Administration"),
    "profile_title": Text("Mon profil", "My profile"),
    "ways_in": Text("Vos façons d’entrer", "Your ways in"),
    "way_mail": Text("Par courriel : un code envoyé à {email}", "By e-mail: a code sent to {email}"),
    "way_password": Text("Par mot de passe et téléphone", "By password and phone"),
    "way_provider": Text("Par {provider}, depuis le {day}", "Through {provider}, since {day}"),
    "way_person": Text("{name}, selon {provider}", "{name}, according to {provider}"),
    "unlink": Text("Délier {provider}", "Unlink {provider}"),
    "unlink_title": Text("Délier {provider} ?", "Unlink {provider}?"),
    "unlink_text": Text(
        "Vous n’entrerez plus par {provider}. Vous continuerez d’entrer par courriel, à {email}. Vos autres connexions"
        " ouvertes seront fermées ; vos dossiers ne changent pas.",
        "You will no longer enter through {provider}. You will still enter by e-mail, at {email}. Your other open"
        " sign-ins will be closed; your applications do not change.",
    ),
    "unlink_agent_text": Text(
        "Vous n’entrerez plus par {provider}. Vous continuerez d’entrer autrement. Vos autres connexions ouvertes"
        " seront fermées.",
        "You will no longer enter through {provider}. You will still enter another way. Your other open sign-ins will"
        " be closed.",
    ),
    "unlink_go": Text("Délier", "Unlink"),
    "unlinked": Text("{provider} n’est plus relié à ce compte.", "{provider} is no longer linked to this account."),
    "only_way": Text(
        "{provider} est votre seule façon d’entrer : demandez d’abord un mot de passe à la personne qui administre le"
        " service.",
        "{provider} is your only way in: first ask the person who administers the service for a password.",
    ),
    "fact_filed_by": Text("Déposé par", "Filed by"),
    "fact_who": Text("{name}, selon {provider} (niveau {level})", "{name}, according to {provider} (level {level})"),
    "fact_representative": Text("Représentation", "Representation"),
    "fact_represents": Text(
        "{provider} atteste que cette personne représente légalement l’établissement {siret}.",
        "{provider} certifies that this person legally represents the establishment {siret}.",
    ),
    "fact_same_company": Text("C’est l’entreprise du dossier.", "It is the company of the application."),
    "fact_other_company": Text("Ce n’est pas l’entreprise du dossier.", "It is not the company of the application."),
    "agent_arrival_title": Text("Confirmez que c’est vous", "Confirm that it is you"),
    "agent_arrival_text": Text(
        "Un agent de ce service porte l’adresse que donne {provider}. Si c’est vous, confirmez : vous entrerez"
        " désormais par {provider}, sous ce nom.",
        "An agent of this service bears the address that {provider} gives. If it is you, confirm: from now on you will"
        " enter through {provider}, under this name.",
    ),
    "agent_here": Text("Dans ce service", "In this service"),
    "agent_name": Text("Agent", "Agent"),
    "confirm": Text("Confirmer et entrer", "Confirm and enter"),
}
