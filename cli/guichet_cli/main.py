"""The `guichet` command: its language, its commands loaded when they are called, its refusals.

To add a command: write `guichet_cli/<name>.py` with a `command` made by `bilingual.command` or `bilingual.group`,
and give its name and one line of help in `COMMANDS`.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import click

from guichet.errors import GuichetError, Problem, ProblemsFound
from guichet.locale import LANGUAGES, Language, Text
from guichet.settings import Settings, read_language, read_settings
from guichet_cli.bilingual import Group, Option, Rows
from guichet_cli.clean_output import CleanOutput
from guichet_cli.refusals import REFUSALS, problems_of, system_problem
from guichet_cli.terminal import Terminal, a_terminal, terminal_of, write
from guichet_cli.values import EXISTING

__all__ = ["COMMANDS", "main", "run"]

COMMANDS: dict[str, Text] = {
    "new": Text(fr="Écrit les premiers fichiers d'une extension, d'un dispositif, d'une installation.",
                en="Write the first files of a plugin, a scheme, an instance."),
    "check": Text(fr="Vérifie les déclarations : toutes les erreurs d'un coup.",
                  en="Check the declarations: every mistake at once."),
    "fmt": Text(fr="Met en forme les fichiers de déclaration, sans en changer le sens.",
                en="Lay out declaration files, without changing what they mean."),
    "schema": Text(fr="Écrit les schémas par lesquels un éditeur complète et vérifie les déclarations.",
                   en="Write the schemas by which an editor completes and checks declarations."),
    "lsp": Text(fr="Sert un éditeur de texte pendant qu'on écrit une déclaration.",
                en="Serve a text editor while one writes a declaration."),
    "show": Text(fr="Montre le dispositif effectif d'un territoire.", en="Show the effective scheme of a territory."),
    "test": Text(fr="Joue les exemples des dispositifs.", en="Run the examples of schemes."),
    "examples": Text(fr="Propose des exemples de chaque côté de chaque seuil.",
                     en="Propose examples on each side of each threshold."),
    "eval": Text(fr="Évalue des cas écrits en JSON.", en="Evaluate cases written in JSON."),
    "explain": Text(fr="Explique un résultat : critères, montant, ce qui le changerait.",
                    en="Explain a result: criteria, amount, what would change it."),
    "diff": Text(fr="Compare deux déclarations, en mots du métier.", en="Compare two declarations, in domain words."),
    "replay": Text(fr="Rejoue des dossiers sous d'autres règles : qui gagne, qui perd, qui réexaminer.",
                   en="Replay dossiers under other rules: who gains, who loses, whom to examine again."),
    "simulate": Text(fr="Applique un dispositif à un fichier entier et dit ce qu'il coûterait.",
                     en="Apply a scheme to a whole file and say what it would cost."),
    "preview": Text(fr="Montre un dispositif pendant qu'on l'écrit.", en="Show a scheme while it is being written."),
    "ready": Text(fr="Montre ce qui manque avant d'ouvrir pour de vrai.",
                  en="Show what is missing before a real opening."),
    "publish": Text(fr="Publie un dispositif pour des territoires.", en="Publish a scheme for territories."),
    "territory": Text(fr="Ouvre un dispositif dans des territoires, avec tout ce qu'il leur faut.",
                      en="Open a scheme in territories, with all they need."),
    "award": Text(fr="Crée les dossiers d'une aide attribuée sans demande.",
                  en="Make the dossiers of an aid awarded without a request."),
    "repin": Text(fr="Rattache les dossiers non décidés à la publication qui corrige le dispositif.",
                  en="Bring undecided dossiers under the publication that mends the scheme."),
    "demo": Text(fr="Montre un dispositif dans un bac à sable rempli, ou joue toute son histoire sans écran.",
                 en="Show a scheme in a sandbox that is full, or play its whole story without a screen."),
    "serve": Text(fr="Sert le site et fait le travail de fond.", en="Serve the site and do the background work."),
    "doctor": Text(fr="Dit ce qui manque à la machine et à l'installation.",
                   en="Say what the machine and the instance lack."),
    "agents": Text(fr="Gère les agents et leurs habilitations.", en="Manage agents and their assignments."),
    "tokens": Text(fr="Gère les jetons des logiciels qui déposent et suivent des dossiers.",
                   en="Manage the tokens of software that files and follows dossiers."),
    "webhooks": Text(fr="Montre et relance les événements annoncés à d'autres logiciels.",
                     en="Show the events told to other software, and send them again."),
    "plugins": Text(fr="Liste les extensions, ce qu'elles apportent et leur santé.",
                    en="List the plugins, what they give and their health."),
    "lists": Text(fr="Importe les listes de référence, d'un fichier ou d'un service.",
                  en="Import reference lists, from a file or a service."),
    "worker": Text(fr="Fait ce qui est dû hors des pages : courriers, messages, paiements.",
                   en="Do what is owed outside the pages: letters, messages, payments."),
    "pay": Text(fr="Écrit et remet les fichiers de paiement, lit les retours, suspend et reprend.",
                en="Write and deliver payment files, read returns, suspend and resume."),
    "sandbox": Text(fr="Sert sur cette machine les doublures des services extérieurs, pannes à la demande.",
                    en="Serve stand-ins of the outside services on this machine, with faults on demand."),
    "calls": Text(fr="Montre les appels faits aux services extérieurs.", en="Show the calls made to outside services."),
    "practice": Text(fr="Compte et purge les dossiers d'exercice.", en="Count and purge practice dossiers."),
    "retention": Text(fr="Compte et efface les dossiers dont la durée de conservation est passée.",
                      en="Count and forget the dossiers whose retention is over."),
    "backup": Text(fr="Sauvegarde une installation pendant qu'elle travaille.",
                   en="Back up an instance while it works."),
    "restore": Text(fr="Restaure une sauvegarde, puis libère l'installation.",
                    en="Restore a backup, then release the instance."),
    "journal": Text(fr="Vérifie et exporte le journal.", en="Verify and export the journal."),
}  # fmt: skip

_ABOUT = Text(
    fr="Guichet : une aide publique déclarée en YAML devient un téléservice, des écrans d'instruction et des fichiers"
    " de paiement.",
    en="Guichet: a public aid declared in YAML becomes a teleservice, instruction screens and payment files.",
)
_LANG = Text(
    fr="Langue de l'aide et des messages, où qu'on l'écrive (sinon GUICHET_LANG ou LANG).",
    en="Language of help and messages, wherever it is typed (else GUICHET_LANG or LANG).",
)
_INSTANCE = Text(
    fr="Dossier de l'installation, où qu'on l'écrive (sinon GUICHET_INSTANCE, ou celle où l'on est).",
    en="Folder of the instance, wherever it is typed (else GUICHET_INSTANCE, or the one where one stands).",
)
_INTERRUPTED = Text(
    fr="Interrompu. Ce qui était fini est gardé, le reste n'est pas écrit ; la même commande reprend.",
    en="Interrupted. What was done is kept, the rest is not written; the same command goes on.",
)
_VERSION = Text(fr="Montre la version.", en="Show the version.")


class Root(Group):
    """The root of all commands: ours by module, then those that plugins bring."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Gives the names of all commands, ours in the order of the table."""
        return [*COMMANDS, *sorted(_plugin_commands(ctx).keys() - COMMANDS.keys())]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Gives one command, importing its module only now."""
        if cmd_name in COMMANDS:
            module = importlib.import_module(f"guichet_cli.{cmd_name.replace('-', '_')}")
            found: click.Command = module.command
            return found
        return _plugin_commands(ctx).get(cmd_name)

    def command_rows(self, ctx: click.Context) -> Rows:
        """Gives each command and its line of help without importing ours."""
        say = terminal_of(ctx).text
        brought = sorted((name, found) for name, found in _plugin_commands(ctx).items() if name not in COMMANDS)
        return [
            *((name, say(text)) for name, text in COMMANDS.items()),
            *((name, _short_help(found, terminal_of(ctx).language)) for name, found in brought),
        ]


def _short_help(command: click.Command, language: Language) -> str:
    """What a plugin's command does on one line: its help, or of its French and English paragraphs the one asked."""
    said = [part for part in (command.help or "").split("\n\n") if part.strip()]
    if len(said) == len(LANGUAGES) and not command.short_help:
        return " ".join(said[LANGUAGES.index(language)].split()).removesuffix(".") + "."
    return command.get_short_help_str(80)


def main() -> None:
    """Runs the command typed, then leaves with its code."""
    sys.stdout = CleanOutput(sys.stdout)
    sys.exit(run(sys.argv[1:], own_process=True))


def run(arguments: Sequence[str], settings: Settings | None = None, *, own_process: bool = False) -> int:
    """Runs a command line and gives its exit code: 2 for a mistake to mend, 1 for a failure, 130 when interrupted."""
    terminal = a_terminal(settings or Settings(language=read_language()))
    try:
        rest, language = _take_language(arguments)
        rest, folder = _take(rest, "--instance")
        found = settings or read_settings()
        instance = found.instance if folder is None else EXISTING.convert(folder, None, None)
        told = replace(found, language=language or found.language, instance=instance)
        terminal = a_terminal(told, own_process=own_process)
        result: object = _root().main(args=rest, prog_name="guichet", obj=terminal, standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        write(terminal.err, error.format_message())
        return 2
    except REFUSALS as error:
        terminal.refuse(_told_where(problems_of(error), terminal))
        return 2
    except GuichetError as error:
        return _tell_failure(error, terminal)
    except OSError as error:
        terminal.refuse([system_problem(error)])
        return 1
    except (click.Abort, KeyboardInterrupt):
        write(terminal.err, terminal.text(_INTERRUPTED))
        return 130
    return result if isinstance(result, int) else 0


def _told_where(problems: Sequence[Problem], terminal: Terminal) -> list[Problem]:
    """The problems; an unknown scheme says that one stands in no instance, where that is so."""
    if all(problem.code != "unknown_scheme" for problem in problems):
        return list(problems)
    # Here, so that a command which reads no declaration starts without what reads them.
    from guichet_cli.declarations import settings_here

    here = Path.cwd() if settings_here(terminal).instance is None else ""
    return [replace(one, data={**one.data, "here": here}) if one.code == "unknown_scheme" else one for one in problems]


def _tell_failure(error: GuichetError, terminal: Terminal) -> int:
    """Says why the work stopped, naming the plugin or the database; gives the exit code, 2 for a database."""
    # Here, so that our own commands start without importing any plugin, nor the database's library.
    from guichet.plugin import PluginStopped
    from guichet.storage.errors import StorageError

    if isinstance(error, PluginStopped):
        terminal.refuse([Problem("plugin.stopped", {"plugin": error.plugin, "error": error.error})])
    elif isinstance(error, StorageError):
        terminal.refuse([error.problem])
        return 2
    else:
        write(terminal.err, str(error))
    return 1


def _root() -> Root:
    lang = Option(["--lang"], type=click.Choice(LANGUAGES), text=_LANG, expose_value=False)
    where = Option(["--instance"], type=click.Path(file_okay=False), text=_INSTANCE, expose_value=False)
    shown = Option(
        ["--version"], is_flag=True, is_eager=True, expose_value=False, text=_VERSION, callback=_show_version
    )
    return Root("guichet", text=_ABOUT, params=[lang, where, shown], no_args_is_help=True)


def _show_version(ctx: click.Context, param: click.Parameter, value: bool) -> None:  # noqa: ARG001  click's callback
    if value and not ctx.resilient_parsing:
        write(terminal_of(ctx).out, f"guichet {version('guichet-aides')}")
        ctx.exit()


def _plugin_commands(ctx: click.Context) -> dict[str, click.Command]:
    """The commands plugins bring; help and our own commands must work even when a plugin refuses to start."""
    # Here, so that our own commands start without importing any plugin.
    from guichet.plugin import load_plugins

    try:
        return dict(load_plugins(disabled=terminal_of(ctx).settings.plugins_off).commands)
    except ProblemsFound as found:
        terminal_of(ctx).refuse(found.problems)
        return {}


def _take_language(arguments: Sequence[str]) -> tuple[list[str], Language | None]:
    """The arguments without `--lang`, and the language it says."""
    rest, value = _take(arguments, "--lang")
    for language in LANGUAGES:
        if value == language:
            return rest, language
    if value is not None:
        raise ProblemsFound([Problem("cli.unknown_language", {"language": value})])
    return rest, None


def _take(arguments: Sequence[str], option: str) -> tuple[list[str], str | None]:
    """The arguments without an option that may stand anywhere before `--`, and its value."""
    rest = list(arguments)
    end = rest.index("--") if "--" in rest else len(rest)
    for place, word in enumerate(rest[:end]):
        name, equals, value = word.partition("=")
        if name == option:
            value = value if equals else "".join(rest[place + 1 : place + 2])
            return [*rest[:place], *rest[place + (1 if equals else 2) :]], value
    return rest, None
