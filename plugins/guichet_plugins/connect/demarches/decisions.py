"""A decision told to the démarche where the applicant filed: annotations first, then the decision itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from pydantic import field_validator

from guichet import (
    Answered,
    Context,
    DecisionTold,
    Reason,
    Refused,
    Text,
    Whole,
    WriteBack,
    WrittenBack,
    option_error,
)
from guichet_plugins.connect.demarches import questions
from guichet_plugins.connect.demarches.asking import ask, missing_setting
from guichet_plugins.connect.demarches.cells import value_of
from guichet_plugins.connect.demarches.options import ServiceOptions

_PURPOSE = "décision rapportée"
_STATES = {"accepter": "accepte", "refuser": "refuse", "classer_sans_suite": "sans_suite"}
_MUTATIONS = {
    "accepter": "dossierAccepter",
    "refuser": "dossierRefuser",
    "classer_sans_suite": "dossierClasserSansSuite",
}
_OURS: Mapping[str, Literal["accepter", "refuser", "classer_sans_suite"]] = {
    "granted": "accepter",
    "granted_in_part": "accepter",
    "refused": "refuser",
    "inadmissible": "refuser",
    "dropped": "classer_sans_suite",
    "withdrawn": "classer_sans_suite",
}
_REVOKED = "revoked"
_TOLD = ("amount", "reference", "outcome", "act", "decided_on", "reason")
_KINDS = {
    "TextChamp": "Text",
    "DecimalNumberChamp": "DecimalNumber",
    "IntegerNumberChamp": "IntegerNumber",
    "DateChamp": "Date",
}


class WriteBackOptions(ServiceOptions):
    """Which démarche is told, and what is noted beside a decision."""

    french = {
        "demarche": "Le numéro de la démarche : rien n'est écrit dans le dossier d'une autre.",
        "annotations": "Libellé d'une annotation privée → ce qui y est écrit : amount, reference, outcome, act,"
        " decided_on, reason.",
        "motivation": "Ce qui est dit là où il faut un motif et où la décision n'en porte aucun.",
    }

    demarche: Whole
    """The number of the démarche: a dossier of another one is never written."""
    annotations: dict[Text, Text] = {}
    """Label of a private annotation → what is written there: amount, reference, outcome, act, decided_on, reason."""
    motivation: Text = ""
    """What is said where a reason is needed and the decision carries none."""

    @field_validator("annotations")
    @classmethod
    def _known_values(cls, annotations: dict[str, str]) -> dict[str, str]:
        for name in annotations.values():
            if name not in _TOLD:
                known = ", ".join(_TOLD)
                raise option_error(
                    fr=f"« {name} » n'est pas d'une décision ; on peut écrire : {known}",
                    en=f'"{name}" is not of a decision; one may write: {known}',
                )
        return annotations


@dataclass(frozen=True, slots=True)
class _Held:
    """What the service holds of a dossier: whose it is; annotation → its id, its type, its value."""

    id: str
    demarche: int
    person: bool
    siret: str
    emails: frozenset[str]
    state: str
    annotations: Mapping[str, tuple[str, str, Any]]


class DemarcheDecision(WriteBack[WriteBackOptions]):
    """Accepts, refuses or closes the dossier of a démarche; takes it back in instruction when that is undone."""

    key = "demarches_simplifiees"
    Options = WriteBackOptions

    def check_settings(self, options: WriteBackOptions, context: Context) -> Reason | None:
        """Say whether the address, the token or the instructeur is missing."""
        if not options.instructor:
            return Reason(
                fr="Donnez `instructor`, l'instructeur au nom de qui le service prend les décisions.",
                en="Give `instructor`, in whose name the service takes decisions.",
            )
        return missing_setting(options, context)

    def check_config(self, options: WriteBackOptions, context: Context) -> Reason | Answered | None:
        """Ask the démarche for its annotations, and see that those to write are among them."""
        asked = {"demarcheNumber": options.demarche}
        found = ask(options, context, questions.DESCRIBE, asked, _annotations, purpose=_PURPOSE).taken
        unknown = [label for label in options.annotations if label not in found]
        if unknown:
            return Reason(
                fr=f"La démarche {options.demarche} n'a pas d'annotation « {unknown[0]} » : {', '.join(found)}.",
                en=f'The démarche {options.demarche} has no annotation "{unknown[0]}": {", ".join(found)}.',
            )
        return Answered(
            fr=f"la démarche {options.demarche} s'est décrite (annotations : {len(found)})",
            en=f"the démarche {options.demarche} described itself (annotations: {len(found)})",
        )

    def write_back(self, decision: DecisionTold, options: WriteBackOptions, context: Context) -> WrittenBack:
        """Tell a decision that the service does not hold yet."""
        if decision.outcome == _REVOKED:
            return _take_back(decision, options, context)
        verb = _OURS.get(decision.outcome)
        if verb is None:
            raise Refused(
                fr=f"Cette décision ({decision.outcome}) n'a pas d'équivalent dans la démarche.",
                en=f"This decision ({decision.outcome}) has no like in the démarche.",
            )
        held = _held(decision, options, context)
        _refuse_foreign(decision, held, options)
        if held.state in _STATES.values() and held.state != _STATES[verb]:
            raise Refused(
                fr=f"Le dossier {decision.dossier} porte déjà une autre décision dans la démarche : {held.state}.",
                en=f"The dossier {decision.dossier} bears another decision in the démarche already: {held.state}.",
            )
        said = decision.reason or options.motivation
        if verb != "accepter" and held.state != _STATES[verb] and not said:
            raise Refused(
                fr="La démarche demande une motivation : donnez un motif, ou `motivation` dans les options.",
                en="The démarche asks for a reason: give one, or `motivation` in the options.",
            )
        noted = _note(decision, held, options, context)
        if held.state == _STATES[verb]:
            return WrittenBack(decision.dossier, already=not noted)
        if held.state == "en_construction":
            _do("dossierPasserEnInstruction", held, options, context, _quiet(options))
        given = {**_quiet(options), **({"motivation": said} if said else {})}
        _do(_MUTATIONS[verb], held, options, context, given)
        return WrittenBack(decision.dossier)


def _annotations(data: Mapping[str, Any]) -> list[str]:
    revision = data["demarche"]["activeRevision"] or {}
    return [str(one["label"]) for one in revision.get("annotationDescriptors") or ()]


def _take_back(decision: DecisionTold, options: WriteBackOptions, context: Context) -> WrittenBack:
    """Note a revocation; a dossier that was ended waits for a decision again there too."""
    held = _held(decision, options, context)
    _refuse_foreign(decision, held, options)
    noted = _note(decision, held, options, context)
    if held.state not in _STATES.values():
        return WrittenBack(decision.dossier, already=not noted)
    _do("dossierRepasserEnInstruction", held, options, context, _quiet(options))
    return WrittenBack(decision.dossier)


def _held(decision: DecisionTold, options: WriteBackOptions, context: Context) -> _Held:
    if not decision.dossier.isascii() or not decision.dossier.isdigit():
        raise Refused(
            fr=f"« {decision.dossier} » n'est pas un numéro de dossier de la démarche.",
            en=f'"{decision.dossier}" is not the number of a dossier of the démarche.',
        )

    def take(data: Mapping[str, Any]) -> _Held:
        found = data["dossier"]
        annotations = {
            str(one["label"]): (str(one["id"]), str(one["__typename"]), value_of(one)) for one in found["annotations"]
        }
        whose: Mapping[str, Any] = found["demandeur"] or {}
        emails = (whose.get("email"), (found["usager"] or {}).get("email"))
        return _Held(
            str(found["id"]),
            int(found["demarche"]["number"]),
            whose.get("__typename") == "PersonnePhysique",
            str(whose.get("siret") or ""),
            frozenset(_address(one) for one in emails if one),
            str(found["state"]),
            annotations,
        )

    asked = {"dossierNumber": int(decision.dossier)}
    return ask(options, context, questions.DOSSIER, asked, take, purpose=_PURPOSE, operation="getDossier").taken


def _refuse_foreign(decision: DecisionTold, held: _Held, options: WriteBackOptions) -> None:
    """Raise Refused unless the dossier is of the démarche and of the same company, or of the same person."""
    if held.demarche != options.demarche:
        raise Refused(
            fr=f"Le dossier {decision.dossier} n'est pas de la démarche {options.demarche} : rien n'y a été écrit.",
            en=f"The dossier {decision.dossier} is not of the démarche {options.demarche}: nothing was written there.",
        )
    if not held.person and not (held.siret and held.siret == decision.siret):
        raise Refused(
            fr=f"Le dossier {decision.dossier} est celui d'un autre établissement : rien n'y a été écrit. Demandez son"
            " numéro au demandeur.",
            en=f"The dossier {decision.dossier} is another establishment's: nothing was written there. Ask the"
            " applicant for its number.",
        )
    if held.person and not (decision.email and _address(decision.email) in held.emails):
        raise Refused(
            fr=f"Le dossier {decision.dossier} n'est pas de l'adresse électronique du demandeur : rien n'y a été"
            " écrit. Demandez-lui son numéro.",
            en=f"The dossier {decision.dossier} is not of the applicant's e-mail address: nothing was written there."
            " Ask them for its number.",
        )


def _address(text: str) -> str:
    return text.strip().lower()


def _note(decision: DecisionTold, held: _Held, options: WriteBackOptions, context: Context) -> bool:
    """Write the annotations that do not say it yet, and tell whether there were any; none before all can be."""
    given: list[tuple[str, dict[str, Any]]] = []
    for label, name in options.annotations.items():
        if label not in held.annotations:
            raise Refused(
                fr=f"La démarche n'a pas d'annotation « {label} ». Ses annotations : {', '.join(held.annotations)}.",
                en=f'The démarche has no annotation "{label}". Its annotations: {", ".join(held.annotations)}.',
            )
        id_, type_, value = held.annotations[label]
        wanted = _as_annotation(decision, name, type_, label)
        if wanted is not None and not _says(value, wanted):
            given.append((_KINDS[type_], {"annotationId": id_, "value": wanted}))
    for kind, annotation in given:
        _do(f"dossierModifierAnnotation{kind}", held, options, context, annotation)
    return bool(given)


def _says(value: Any, wanted: Any) -> bool:
    """Whether an annotation says it already: a number is itself with or without its zeros."""
    if isinstance(value, int | float | Decimal) and isinstance(wanted, int | float):
        return Decimal(str(value)) == Decimal(str(wanted))
    return str(value) == str(wanted)


def _as_annotation(decision: DecisionTold, name: str, type_: str, label: str) -> Any:
    value = {
        "amount": 0 if decision.outcome == _REVOKED else decision.cents,
        "reference": decision.reference,
        "outcome": decision.outcome,
        "act": decision.act,
        "decided_on": decision.decided_on.isoformat(),
        "reason": decision.reason,
    }[name]
    if value is None or value == "":
        return None
    cents = value if isinstance(value, int) else 0
    if type_ == "TextChamp":
        return f"{cents // 100},{cents % 100:02d} €" if name == "amount" else value
    if type_ == "DecimalNumberChamp" and name == "amount":
        return cents // 100 if cents % 100 == 0 else float(f"{cents // 100}.{cents % 100:02d}")
    if type_ == "IntegerNumberChamp" and name == "amount" and cents % 100 == 0:
        return cents // 100
    if type_ == "DateChamp" and name == "decided_on":
        return value
    raise Refused(
        fr=f"L'annotation « {label} » n'est pas d'un type qui puisse porter {name}.",
        en=f'The annotation "{label}" is not of a type that can hold {name}.',
    )


def _do(name: str, held: _Held, options: WriteBackOptions, context: Context, given: Mapping[str, Any]) -> None:
    """Do a mutation, once: asked again after a cut line, the service is looked at first."""
    asked = {"input": {"dossierId": held.id, "instructeurId": options.instructor, **given}}

    def take(data: Mapping[str, Any]) -> list[str]:
        return [str(one["message"]) for one in data[name]["errors"] or ()]

    question = questions.mutation(name)
    errors = ask(options, context, question, asked, take, purpose=_PURPOSE, repeatable=False).taken
    if errors:
        said = " ; ".join(errors)[:300].rstrip(".")
        raise Refused(fr=f"La démarche a répondu : {said}.", en=f"The démarche answered: {said}.")


def _quiet(options: WriteBackOptions) -> dict[str, Any]:
    return {"disableNotification": True} if options.disable_notification else {}
