"""Who may do what: one declared line per route; what is not declared is refused.

A line names the roles that may ask for the route and, where it concerns a dossier, the phases in which they may.
An agent's role counts in the territories (and for the schemes) of the assignment that gives it, nowhere else. What a
person may not see answers like what does not exist.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from guichet.model.api import VERBS, Verb
from guichet.model.workflow import Phase

__all__ = ["AGENT_ROLES", "MATRIX", "PHASES", "READERS", "ROLES", "Audience", "Role", "Rule"]

Role = Literal[
    "anonymous",
    "owner",
    "applicant",
    "half",
    "instructor",
    "decider",
    "helpdesk",
    "supervisor",
    "finance",
    "admin",
    "token",
]
Audience = Literal["public", "agents", "software"]

PHASES: tuple[Phase, ...] = ("draft", "filed", "instruction", "decided", "closed")
AGENT_ROLES: tuple[Role, ...] = ("instructor", "decider", "helpdesk", "supervisor", "finance", "admin")
READERS: tuple[Role, ...] = ("instructor", "decider", "supervisor", "finance")
"""Who reads whole dossiers; the helpdesk has a page of its own, which says less."""
ROLES: tuple[Role, ...] = ("anonymous", "owner", "applicant", "half", *AGENT_ROLES, "token")


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may ask for a route.

    Args:
        roles: `anonymous` opens the route to all; `applicant` is a signed-in applicant, `owner` the one whose dossier
            it is; `half` an agent who gave the password and not yet the code; `token` another software, in the
            territories and for the schemes of its token.
        phases: for a route about one dossier, the phases in which the roles may; None when no dossier is concerned.
        audience: whose session counts, and which sign-in page is offered; `software` has neither session nor page.
        verbs: for a token, any of these lets it in.
    """

    roles: frozenset[Role]
    phases: frozenset[Phase] | None = None
    audience: Audience = "public"
    verbs: frozenset[Verb] = frozenset()

    @property
    def about_a_dossier(self) -> bool:
        """Whether the handler must name the dossier it shows, so that its phase and owner are checked."""
        return self.phases is not None


def _everyone(audience: Audience = "public") -> Rule:
    return Rule(frozenset({"anonymous"}), audience=audience)


def _applicants() -> Rule:
    """Any applicant who has signed in: pages without a dossier, or where one begins."""
    return Rule(frozenset({"applicant", "owner"}))


def _owner(*phases: Phase) -> Rule:
    """The applicant whose dossier it is; in every phase unless some are named."""
    return Rule(frozenset({"owner"}), frozenset(phases or PHASES))


def _half() -> Rule:
    return Rule(frozenset({"half"}), audience="agents")


def _agents(*roles: Role) -> Rule:
    """Agents who hold one of these roles somewhere; any role when none is named."""
    return Rule(frozenset(roles or AGENT_ROLES), audience="agents")


def _on_dossiers(roles: tuple[Role, ...], *phases: Phase) -> Rule:
    """Agents who hold one of these roles for the dossier's territory and scheme; never on a draft."""
    return Rule(frozenset(roles), frozenset(phases or PHASES[1:]), audience="agents")


def _tokens(*verbs: Verb) -> Rule:
    """Another software whose token allows one of these; any token when none is named."""
    return Rule(frozenset({"token"}), audience="software", verbs=frozenset(verbs or VERBS))


MATRIX: Mapping[str, Rule] = {
    # Public pages
    "home": _everyone(),
    "territory": _everyone(),
    "accessibility": _everyone(),
    "legal_notice": _everyone(),
    "personal_data": _everyone(),
    "help": _everyone(),
    "static": _everyone(),
    "theme": _everyone(),
    "territory_theme": _everyone(),
    "logo": _everyone(),
    "health": _everyone(),
    "readiness": _everyone(),
    "sandbox_mails": _everyone(),
    # Applicants' sign-in
    "sign_in": _everyone(),
    "ask_sign_in": _everyone(),
    "sign_in_code": _everyone(),
    "give_sign_in_code": _everyone(),
    "sign_in_link": _everyone(),
    "take_sign_in_link": _everyone(),
    "begin_identity": _everyone(),
    "identity_return": _everyone(),
    "identity_arrival": _everyone(),
    "ask_identity_code": _everyone(),
    "identity_code": _everyone(),
    "give_identity_code": _everyone(),
    "link_identity": _applicants(),
    "identity_left": _everyone(),
    "account": _applicants(),
    "unlink_page": _applicants(),
    "unlink": _applicants(),
    "sign_out": _everyone(),
    # Agents' sign-in
    "agent_sign_in": _everyone("agents"),
    "give_agent_password": _everyone("agents"),
    "agent_code": _half(),
    "give_agent_code": _half(),
    "agent_enrolment": _half(),
    "enrol_agent": _half(),
    "begin_agent_identity": _everyone("agents"),
    "agent_identity_return": _everyone("agents"),
    "agent_identity_arrival": _everyone("agents"),
    "confirm_agent_identity": _everyone("agents"),
    "agent_identity_left": _everyone("agents"),
    "agent_sign_out": _everyone("agents"),
    "agent_profile": _agents(),
    "agent_unlink_page": _agents(),
    "agent_unlink": _agents(),
    # Teleservice
    "scheme": _everyone(),
    "scheme_rules": _everyone(),
    "scheme_data": _everyone(),
    "begin": _applicants(),
    "start_draft": _applicants(),
    "my_dossiers": _applicants(),
    "dossier": _owner(),
    "gate": _owner("draft"),
    "pass_gate": _owner("draft"),
    "form_page": _owner("draft"),
    "save_form_page": _owner("draft"),
    "review": _owner("draft"),
    "file_dossier": _owner(),
    "receipt": _owner(*PHASES[1:]),
    "write_message": _owner(*PHASES[1:]),
    "explanation": _owner(*PHASES[1:]),
    "document": _owner(*PHASES[1:]),
    "attachment": _owner(),
    "completion": _owner(*PHASES[1:]),
    "complete": _owner(*PHASES[1:]),
    "later_form": _owner(*PHASES[1:]),
    "file_later_form": _owner(*PHASES[1:]),
    "withdrawal": _owner("filed", "instruction"),
    "withdraw": _owner("filed", "instruction"),
    # Instruction
    "agent_home": _agents(),
    "agent_search": _agents(*READERS, "helpdesk"),
    "work_table": _agents(*READERS),
    "work_table_export": _agents(*READERS),
    "practise": _agents(*READERS, "helpdesk"),
    "opinion_page": _agents("instructor"),
    "give_opinions": _agents("instructor"),
    "decision_page": _agents("decider"),
    "decision_summary": _agents("decider"),
    "take_decisions": _agents("decider"),
    "mass_result": _agents("instructor", "decider"),
    "agent_dossier": _on_dossiers(READERS),
    "agent_attachment": _on_dossiers(READERS),
    "agent_document": _on_dossiers(READERS),
    "agent_message": _on_dossiers(("instructor", "decider")),
    "ask_missing": _on_dossiers(("instructor", "decider"), "instruction"),
    "ask_account": _on_dossiers(("instructor", "decider", "finance"), "decided"),
    "settle_later_form": _on_dossiers(("decider", "finance"), "decided"),
    "transfer_dossier": _on_dossiers(("instructor", "decider"), "instruction"),
    "revoke_decision": _on_dossiers(("decider",), "decided"),
    "claim_back": _on_dossiers(("decider",)),
    "note_reimbursement": _on_dossiers(("decider", "finance")),
    "drop_claim": _on_dossiers(("decider",)),
    "screens": _agents(),
    "territory_screen": _agents(),
    "scheme_screen": _agents(),
    "dossier_screen": _on_dossiers(READERS),
    "helpdesk": _agents("helpdesk"),
    "helpdesk_dossier": _on_dossiers(("helpdesk",)),
    "note_call": _on_dossiers(("helpdesk",)),
    # HTTP API
    "api_description": _everyone("software"),
    "api_territory_description": _everyone("software"),
    "api_schema": _everyone("software"),
    "api_past_schema": _everyone("software"),
    "api_token": _tokens(),
    "api_submit": _tokens("submit"),
    "api_send_file": _tokens("submit"),
    "api_dossiers": _tokens("read"),
    "api_gone_dossiers": _tokens("read"),
    "api_dossier": _tokens("read", "submit"),
}
"""Route name → rule. The name is the one given to the handler's decorator."""
