"""Asking an applicant, from their dossier, for what is missing."""

from guichet.locale.texts import Text

TEXTS = {
    "title": Text("Demander des pièces ou des réponses", "Ask for files or answers"),
    "intro": Text(
        "Le dossier attend la réponse ; le délai légal s’arrête (CRPA, art. L114-5).",
        "The dossier waits for the answer; the legal clock stops (CRPA, art. L114-5).",
    ),
    "message": Text("Message au demandeur", "Message to the applicant"),
    "documents": Text("Documents à fournir", "Documents to send"),
    "documents_hint": Text(
        "Un par ligne, comme « Relevé bancaire de mars 2020 ». Pour chacun, le demandeur peut joindre des fichiers.",
        "One a line, such as “Bank statement of March 2020”. For each, the applicant can attach files.",
    ),
    "file_joined": Text("Joint par le demandeur", "Attached by the applicant"),
    "fields": Text("Questions à poser de nouveau", "Questions to ask again"),
    "send": Text("Demander au demandeur", "Ask the applicant"),
    "sent": Text("La demande est envoyée. Le délai est suspendu.", "The request is sent. The clock is stopped."),
    "waiting_title": Text("Demandé au demandeur", "Asked of the applicant"),
}
