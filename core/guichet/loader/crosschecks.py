"""What only the whole scheme can tell: names that must exist elsewhere, texts that name what is known."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

from guichet.errors import Problem, guess
from guichet.loader.channel_checks import check_channels
from guichet.loader.checked import Checked
from guichet.loader.date_checks import check_dates
from guichet.loader.declaration import find, place
from guichet.loader.doubtful import check_doubtful
from guichet.loader.doubtful_days import check_first_days
from guichet.loader.law import check_law
from guichet.loader.pull_checks import check_pull
from guichet.loader.reader import Mapping
from guichet.loader.territorial_checks import check_territorial
from guichet.loader.text_checks import check_texts
from guichet.model.form import Form
from guichet.model.later_form import LATER_FORMS
from guichet.model.payment import Payment
from guichet.model.site_names import SITE_NAMES


def cross_check(checked: Checked) -> list[Problem]:
    """Every mistake and warning that reading could not see, in no particular order."""
    checks: tuple[Callable[[Checked], Iterator[Problem]], ...] = (
        _name,
        _bodies_and_stages,
        _judgements,
        _payment,
        _later_forms,
        _grants,
        _lists,
        _versions,
        _columns,
        check_pull,
        _law,
        _unverified,
        _award,
        check_doubtful,
        check_first_days,
        check_channels,
    )
    found = [problem for check in checks for problem in check(checked)]
    return [*found, *check_texts(checked), *check_territorial(checked), *check_dates(checked), *check_law(checked)]


def _name(checked: Checked) -> Iterator[Problem]:
    """The id is a word of the addresses of the scheme's pages."""
    if checked.scheme.id in SITE_NAMES:
        yield checked.problem("reserved_id", ("id",), value=checked.scheme.id)


def _bodies_and_stages(checked: Checked) -> Iterator[Problem]:
    workflow = checked.scheme.workflow
    bodies, stages = list(workflow.bodies), list(workflow.stages)
    for name, stage in workflow.stages.items():
        path = ("workflow", "stages", name)
        if stage.body not in bodies:
            yield checked.unknown("unknown_body", (*path, "body"), stage.body, bodies)
        for key in ("needs", "not_by_author_of"):
            other = getattr(stage, key)
            earlier = stages[: stages.index(name)]
            if other is not None and other not in earlier:
                yield checked.unknown("unknown_stage", (*path, key), other, earlier)
        if name not in workflow.way():
            yield checked.problem("stage_never_entered", path, stage=name, way=" → ".join(workflow.way()))
        if stage.when and workflow.stage_after(name) is None:
            yield checked.problem("last_stage_conditional", (*path, "when"), stage=name)
        if stage.act == "decision" and stage.issued_by is None:
            yield checked.problem("decision_without_issuer", path, stage=name)
    judges = {
        criterion.checked_by for version in checked.scheme.rules.values() for criterion in version.criteria.values()
    }
    for body in bodies:
        if body not in judges and all(stage.body != body for stage in workflow.stages.values()):
            path = ("workflow", "bodies", body)
            yield checked.problem("unused_body", path, severity="warning", value=body)
    if not any(stage.act == "decision" for stage in workflow.stages.values()):
        yield checked.problem("no_decision_stage", ("workflow", "stages"))


def _judgements(checked: Checked) -> Iterator[Problem]:
    bodies = list(checked.scheme.workflow.bodies)
    for day, version in checked.scheme.rules.items():
        for name, criterion in version.criteria.items():
            path = ("rules", day.isoformat(), "criteria", name, "checked_by")
            if criterion.checked_by is not None and criterion.checked_by not in bodies:
                yield checked.unknown("unknown_body", path, criterion.checked_by, bodies)


def _payment(checked: Checked) -> Iterator[Problem]:
    payment = checked.scheme.payment
    if payment is None:
        return
    fields = checked.fields
    for key in ("name", "iban", "bic"):
        field = getattr(payment.payee, key)
        path = ("payment", "payee", key)
        if field is not None and field not in fields:
            yield checked.unknown("unknown_field", path, field, fields)
        elif key == "iban" and not checked.is_of(checked.scheme.fields()[str(field)].type, "iban"):
            yield checked.problem("field_of_other_type", path, value=field, expected="iban")
    for name, field in payment.details.items():
        if field not in fields:
            yield checked.unknown("unknown_field", ("payment", "details", name), field, fields)
    named = {name: None for version in checked.scheme.rules.values() for name in version.names}
    for index, name in enumerate(payment.facts):
        if name not in fields and name not in named:
            yield checked.unknown("unknown_field", ("payment", "facts", str(index)), name, [*fields, *named])
    yield from _imputations(checked, payment)


def _imputations(checked: Checked, payment: Payment) -> Iterator[Problem]:
    """Where amounts are charged apart, each of them is, in every version; nothing else is."""
    path = ("payment", "imputations")
    parts = {part: None for version in checked.scheme.rules.values() for part in version.amounts}
    for amount in payment.imputations:
        if amount not in parts:
            yield checked.unknown("unknown_part", (*path, amount), amount, list(parts))
    missing = [part for part in parts if part not in payment.imputations]
    if payment.imputations and missing:
        yield checked.problem("amount_without_imputation", path, amounts=missing)


def _later_forms(checked: Checked) -> Iterator[Problem]:
    """A form after the application is one the core treats, and asks what it is for."""
    scheme = checked.scheme
    for name, pages in scheme.forms.items():
        if name == "application":
            continue
        path = ("forms", name)
        if name not in LATER_FORMS:
            yield checked.unknown("unknown_form", path, name, ["application", *LATER_FORMS])
            continue
        if name not in ("new_iban", "bank_account"):
            yield from _begun_form(checked, name, pages)
            continue
        fields = {field: declared.type for page in pages.values() for field, declared in page.fields.items()}
        payee = scheme.payment.payee if scheme.payment is not None else None
        wanted = [payee.name, payee.iban] if payee is not None else []
        missing = [field for field in wanted if field not in fields]
        if payee is None or missing:
            yield checked.problem("account_not_asked", path, form=name, fields=missing)
        elif not checked.is_of(fields[payee.iban], "iban"):
            yield checked.problem("field_of_other_type", path, value=payee.iban, expected="iban")
    for name in scheme.later_forms:
        if name not in scheme.forms or name == "application":
            others = [form for form in scheme.forms if form != "application"]
            yield checked.unknown("unknown_form", ("later_forms", name), name, others)


def _begun_form(checked: Checked, name: str, pages: Form) -> Iterator[Problem]:
    """A request for payment says what it makes due, of what; an extension asks a day, and makes something longer."""
    scheme, declared = checked.scheme, checked.scheme.later_forms.get(name)
    path = ("later_forms", name) if declared is not None else ("forms", name)
    if name == "payment_request" and (declared is None or not declared.due or scheme.payment is None):
        yield checked.problem("request_without_due", path)
    parts = [part for version in scheme.rules.values() for part in version.amounts]
    if declared is not None and declared.pays is not None and declared.pays not in parts:
        yield checked.unknown("unknown_part", (*path, "pays"), declared.pays, parts)
    if name == "extension":
        request = scheme.later_forms.get("payment_request")
        days = [field for page in pages.values() for field in page.fields.values() if field.type == "date"]
        if request is None or request.within is None or not days:
            yield checked.problem("extension_of_nothing", path)


def _grants(checked: Checked) -> Iterator[Problem]:
    grants = checked.scheme.grants
    if grants is None:
        return
    choices = [*checked.fields, "siren"]
    for index, name in enumerate(grants.one_per):
        if name not in choices:
            path = ("grants", "one_per", str(index)) if len(grants.one_per) > 1 else ("grants", "one_per")
            yield checked.unknown("unknown_field", path, name, choices)
    needs_siret = "siren" in grants.one_per and "siren" not in checked.fields
    if needs_siret and not any(checked.is_of(field.type, "siret") for field in checked.scheme.fields().values()):
        yield checked.problem("siren_without_siret", ("grants", "one_per"))


def _lists(checked: Checked) -> Iterator[Problem]:
    for name, declared in checked.scheme.lists.items():
        for column in declared.proof:
            if column not in declared.columns:
                path = ("lists", name, "proof", column)
                where = place(checked.node, path, of_key=find(checked.node, path) is not None)
                yield Problem("unknown_column", guess(column, declared.columns), where, path)
        if declared.proof and not declared.confidential:
            yield checked.problem("proof_without_secret", ("lists", name, "proof"), severity="warning", list=name)
        if declared.confidential and not declared.proof:
            yield checked.problem("confidential_without_proof", ("lists", name), list=name)


def _versions(checked: Checked) -> Iterator[Problem]:
    """From the opening on, a version is in force each day on which dossiers are judged."""
    scheme = checked.scheme
    first = min(scheme.rules)
    if first > scheme.calendar.opens.date():
        path = ("rules", first.isoformat())
        yield checked.problem("no_version_at_opening", path, day=first, opens=scheme.calendar.opens.date())
    if scheme.calendar.closes < scheme.calendar.opens.date():
        wrong = "closes" if scheme.calendar.closes < first else "opens"  # the one that the rules do not bear out
        days = scheme.calendar.opens.date(), scheme.calendar.closes
        yield checked.problem("closes_before_opening", ("calendar", wrong), opens=days[0], closes=days[1])
    after = [day for day in scheme.rules if day > scheme.calendar.closes + timedelta(days=1)]
    if after and scheme.legal.judged_on == "filing":
        path = ("rules", after[0].isoformat())
        yield checked.problem("version_never_used", path, severity="warning", day=after[0])
    fields = checked.fields
    judged_on = scheme.legal.judged_on
    if judged_on not in ("filing", "decision") and judged_on not in fields:
        dates = [name for name in fields if scheme.fields()[name].type == "date"]
        choices = ["decision", "filing", *dates]
        yield checked.unknown("unknown_field", ("legal", "judged_on"), judged_on, choices)
    elif judged_on in fields and not checked.is_of(scheme.fields()[judged_on].type, "date"):
        yield checked.problem("field_of_other_type", ("legal", "judged_on"), value=judged_on, expected="date")
    decidable = scheme.calendar.decidable_from
    if decidable is not None and decidable < scheme.calendar.opens.date():
        path = ("calendar", "decidable_from")
        yield checked.problem("decidable_before_opening", path, severity="warning", day=decidable)


def _columns(checked: Checked) -> Iterator[Problem]:
    scheme = checked.scheme
    known = checked.fields
    for version in scheme.rules.values():
        known += [*version.names, *version.indicators]
    for index, column in enumerate(scheme.workflow.columns):
        if column not in known:
            yield checked.unknown("unknown_field", ("workflow", "columns", str(index)), column, sorted(set(known)))
    if scheme.title_from is not None and scheme.title_from not in checked.fields:
        yield checked.unknown("unknown_field", ("title_from",), scheme.title_from, checked.fields)
    if scheme.write_back is not None and scheme.write_back.number not in checked.fields:
        yield checked.unknown("unknown_field", ("write_back", "number"), scheme.write_back.number, checked.fields)


def _unverified(checked: Checked) -> Iterator[Problem]:
    """What is said to be unverified stands somewhere."""
    keys = list(checked.node.entries) if isinstance(checked.node, Mapping) else []
    for path in checked.scheme.unverified:
        if find(checked.node, path.split(".")) is None:
            yield Problem("unknown_path", guess(path, keys), place(checked.node, ("unverified", path), of_key=True))


def _award(checked: Checked) -> Iterator[Problem]:
    """An award without request names a list, its columns, and fields of the application."""
    award = checked.scheme.award
    if award is None:
        return
    listed = checked.scheme.lists.get(award.list)
    if listed is None:
        yield checked.unknown("unknown_award_list", ("award", "list"), award.list, list(checked.scheme.lists))
        return
    for name, column in award.answers.items():
        if name not in checked.fields:
            yield checked.unknown("unknown_field", ("award", "answers", name), name, checked.fields)
        if column not in listed.columns:
            yield checked.unknown("unknown_column", ("award", "answers", name), column, list(listed.columns))
    if award.email not in listed.columns:
        yield checked.unknown("unknown_column", ("award", "email"), award.email, list(listed.columns))


def _law(checked: Checked) -> Iterator[Problem]:
    """What the legal metadata says of the rest of the scheme; the law itself is in `loader.law`."""
    legal = checked.scheme.legal
    if legal.as_of_right and checked.scheme.envelope and checked.scheme.envelope.when_spent == "wait":
        yield checked.problem("aid_of_right_cannot_wait", ("envelope",))
    if legal.convention is not None and legal.convention.stage not in (None, *checked.scheme.workflow.stages):
        path = ("legal", "convention", "stage")
        yield checked.unknown("unknown_stage", path, str(legal.convention.stage), list(checked.scheme.workflow.stages))
