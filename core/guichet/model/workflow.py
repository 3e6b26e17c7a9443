"""Who acts on a dossier and in what order."""

from __future__ import annotations

from typing import Literal

from guichet.model.base import Value
from guichet.model.types import Duration, Expression, Flag, Identifier, Text

Act = Literal["opinion", "decision"]
Phase = Literal["draft", "filed", "instruction", "decided", "closed"]
Choice = Literal["grant", "grant_in_part", "refuse", "drop", "declare_inadmissible", "return_to"]
ALL_CHOICES: tuple[Choice, ...] = ("grant", "grant_in_part", "refuse", "drop", "declare_inadmissible", "return_to")


class Stage(Value):
    """One step of the scheme's own, inside a phase, by one body."""

    label: Text = ""
    """Its name, as people read it."""
    phase: Literal["instruction"] = "instruction"
    """The phase it belongs to."""
    body: Identifier
    """The body whose agents act."""
    act: Act
    """What they do: an opinion, or the decision."""
    when: Expression = ""
    """The condition under which a dossier enters it, else it passes over; empty means always."""
    needs: Identifier | None = None
    """The stage that must be done before."""
    not_by_author_of: Identifier | None = None
    """A stage whose author may not act here: never the same person twice on a dossier."""
    in_mass: Flag = False
    """Whether many dossiers may be treated at once."""
    choices: tuple[Choice, ...] = ALL_CHOICES
    """What the deciding body may choose; `return_to` needs an earlier stage."""
    issued_by: Identifier | None = None
    """The signatory of the territory under whose name the decision is taken."""
    form: Literal["", "arrete", "deliberation", "decision"] = ""
    """The legal form of the act."""
    expected: Duration | None = None
    """How long the stage usually takes, shown to the applicant."""


class Transfer(Value):
    """How an application that another body is competent for is sent on."""

    act: Literal["optional", "required"] = "optional"
    """`required`: an act with its number, day, signatory and reason sends it on; `optional`: there may be one."""


class Workflow(Value):
    """The bodies of a scheme and its stages, in order."""

    bodies: dict[Identifier, Text]
    """The bodies that act, by id, with the name people read."""
    stages: dict[Identifier, Stage]
    """The stages, in order."""
    pre_instruction_expected: Duration | None = None
    """How long the automatic first steps take, shown to the applicant."""
    transfer: Transfer = Transfer()
    """How an application is sent on to the competent body."""
    columns: tuple[Identifier, ...] = ()
    """Fields, definitions and indicators shown as columns of the work table."""

    def way(self) -> tuple[str, ...]:
        """The stages that a dossier may enter, one after another, up to the one that always decides."""
        found: list[str] = []
        stage: str | None = self.first_stage()
        while stage is not None and stage not in found:
            found.append(stage)
            here = self.stages[stage]
            stage = None if here.act == "decision" and not here.when else self.stage_after(stage)
        return tuple(found)

    def first_stage(self) -> str:
        """The stage a pre-instructed dossier enters."""
        return next(iter(self.stages))

    def stage_after(self, stage: str) -> str | None:
        """The stage that needs `stage`, or the next one in file order; None after the last."""
        for identifier, other in self.stages.items():
            if other.needs == stage:
                return identifier
        names = list(self.stages)
        later = names[names.index(stage) + 1 :]
        return later[0] if later else None
