"""`guichet retention`: the dossiers whose time is over, counted, and forgotten."""

from __future__ import annotations

from guichet.errors import Problem, ProblemsFound
from guichet.locale import Text
from guichet.model.placeholders import is_supplied
from guichet.services.cases import UseCases
from guichet.services.quarantine import require_released
from guichet.services.retention import count_over, forget_ended, has_visa
from guichet_cli import bilingual
from guichet_cli.instances import open_instance
from guichet_cli.terminal import Terminal, pass_terminal

__all__ = ["command"]

_ABOUT = Text(
    fr="Durées de conservation : celles que dit chaque dispositif (legal.retention), après quoi tout est effacé.",
    en="Retention: as each scheme says (legal.retention), after which everything is forgotten.",
)
_SHOW = Text(
    fr="Compte les dossiers dont la durée est passée, par dispositif et territoire.",
    en="Count the dossiers whose time is over, by scheme and territory.",
)
_FORGET = Text(
    fr="Efface pour toujours les dossiers dont la durée est passée : réponses, pièces, courriers, messages, comptes"
    " sans dossier. Les montants restent, sans nom.",
    en="Forget for ever the dossiers whose time is over: answers, attachments, letters, messages, accounts without a"
    " dossier. Amounts stay, without a name.",
)
_SCHEME = Text(fr="Identifiant du dispositif.", en="Id of the scheme.")
_TERRITORY = Text(fr="Territoire, comme reg-53.", en="Territory, such as reg-53.")
_VISA = Text(
    fr="Le visa des archives départementales (référence et date), que le journal garde ; sinon celui du dispositif.",
    en="The visa of the departmental archives (reference and date), kept in the journal; else the scheme's.",
)
_COUNTED = Text(fr="{scheme}, {territory} : {number} ({how})", en="{scheme}, {territory}: {number} ({how})")
_BY_ITSELF = Text(fr="effacés chaque nuit", en="forgotten every night")
_ASKED = Text(fr="à effacer sur demande, avec le visa des archives", en="to be forgotten on demand, with the visa")
_NONE = Text(fr="Aucun dispositif publié.", en="No scheme is published.")
_DONE = Text(
    fr="Effacés : dossiers {dossiers}, fichiers {files}, comptes {accounts}, lignes de listes {rows}.",
    en="Forgotten: dossiers {dossiers}, files {files}, accounts {accounts}, rows of lists {rows}.",
)


@bilingual.group("retention", text=_ABOUT)
def command() -> None:
    """Groups the commands about retention."""


@command.command("show", cls=bilingual.Command, text=_SHOW)
@pass_terminal
def show(terminal: Terminal) -> None:
    """Counts what is over."""
    with open_instance(terminal) as cases:
        places = cases.snapshots.all_current()
        for scheme, territory in places:
            compiled = cases.snapshots.current(scheme, territory)
            how = _BY_ITSELF if compiled is not None and has_visa(compiled) else _ASKED
            number = count_over(cases, scheme, territory)
            terminal.say(_COUNTED, scheme=scheme, territory=territory, number=number, how=terminal.text(how))
    if not places:
        terminal.say(_NONE)


@command.command("forget", cls=bilingual.Command, text=_FORGET, options_metavar="[OPTIONS]")
@bilingual.argument("scheme", text=_SCHEME)
@bilingual.option("--territory", required=True, text=_TERRITORY)
@bilingual.option("--visa", default="", text=_VISA)
@pass_terminal
def forget(terminal: Terminal, scheme: str, territory: str, visa: str) -> None:
    """Forgets what is over."""
    with open_instance(terminal) as cases:
        require_released(cases)
        known = _visa_of(cases, scheme, territory)
        given = next((one.strip() for one in (visa, known) if is_supplied(one)), None)
        if given is None:
            raise ProblemsFound([Problem("run.no_visa", {"scheme": scheme})])
        done = forget_ended(cases, scheme, territory, by=given)
    terminal.say(_DONE, dossiers=done.dossiers, files=done.files, accounts=done.accounts, rows=done.list_rows)


def _visa_of(cases: UseCases, scheme: str, territory: str) -> str:
    """The visa that the scheme holds; raises ProblemsFound for a scheme that is not there."""
    unknown = cases.territories.problem(territory)
    if unknown is not None:
        raise ProblemsFound([unknown])
    compiled = cases.snapshots.current(scheme, territory)
    if compiled is None:
        raise ProblemsFound([Problem("run.not_published", {"scheme": scheme, "territories": (territory,)})])
    return compiled.scheme.legal.retention.visa
