"""`guichet repin`: brings undecided dossiers under the publication that mends the one they were filed with."""

from __future__ import annotations

from guichet.errors import Problem, ProblemsFound
from guichet.locale import Text, format_number
from guichet.services.judging_again import CHANGED
from guichet.services.refusals import Refused
from guichet.services.repinning import repin
from guichet.web.instruction.refusal_texts import refusal_text
from guichet_cli import bilingual
from guichet_cli.instances import open_instance
from guichet_cli.terminal import Terminal, pass_terminal

__all__ = ["command"]

_ABOUT = Text(
    fr="Rattache les dossiers déposés et non décidés à la publication en cours du dispositif, et les réexamine. Chaque"
    " dossier garde l'ancien résultat et le motif dans son journal ; le demandeur n'est prévenu que si son résultat ou"
    " son montant change. Une deuxième fois ne trouve rien.",
    en="Bring filed, undecided dossiers under the current publication of the scheme, and examine them again. Each"
    " keeps its former result and the reason in its journal; the applicant is told only when the outcome or the amount"
    " changes. A second run finds nothing.",
)
_SCHEME = Text(fr="Identifiant du dispositif.", en="Id of the scheme.")
_TERRITORIES = Text(
    fr="Territoire, comme reg-53 ; peut être répété (tous ceux où il est publié sinon).",
    en="Territory, such as reg-53; may be repeated (else all where it is published).",
)
_REASON = Text(fr="Pourquoi : gardé avec chaque dossier, lu par les agents.", en="Why: kept with each dossier.")
_DONE = Text(
    fr="Dossiers rattachés : {done}, dont le résultat change : {changed}. Laissés : {left}.",
    en="Dossiers moved: {done}, with another result: {changed}. Left: {left}.",
)
_LEFT = Text(fr="{reference} : {reason}", en="{reference}: {reason}")


@bilingual.command("repin", text=_ABOUT)
@bilingual.argument("scheme", text=_SCHEME)
@bilingual.option("--territory", "territories", multiple=True, text=_TERRITORIES)
@bilingual.option("--reason", required=True, text=_REASON)
@pass_terminal
def command(terminal: Terminal, scheme: str, territories: tuple[str, ...], reason: str) -> int:
    """Moves the dossiers and says what became of them; exits with 1 when some were left."""
    language = terminal.language
    with open_instance(terminal) as cases:
        named = tuple(dict.fromkeys(cases.territories.find(text).id for text in territories))
        try:
            result = repin(cases, scheme, named or cases.snapshots.territories(scheme), reason)
        except Refused as error:
            raise ProblemsFound([Problem(f"run.{error.code}", dict(error.data))]) from error
    counts = {"done": len(result.done), "changed": len(result.noted(CHANGED)), "left": len(result.left)}
    terminal.say(_DONE, **{name: format_number(count, 0, language) for name, count in counts.items()})
    for one in result.left:
        terminal.note(_LEFT, reference=one.reference, reason=refusal_text(one.code, one.data, language))
    return 1 if result.left else 0
