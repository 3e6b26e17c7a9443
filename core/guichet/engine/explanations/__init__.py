"""Why: each criterion and the amount as people read them, the same for applicant, agent and letter."""

from guichet.engine.explanations.amounts import AmountReason, BoundReason, StepReason
from guichet.engine.explanations.dossiers import Explanation, explain_briefly, explain_dossier
from guichet.engine.explanations.measures import Compared, Measure
from guichet.engine.explanations.quoting import fill_reason, shown_values
from guichet.engine.explanations.reasons import BriefReason, Reason, State
from guichet.engine.wording.names import show_value

__all__ = [
    "AmountReason",
    "BoundReason",
    "BriefReason",
    "Compared",
    "Explanation",
    "Measure",
    "Reason",
    "State",
    "StepReason",
    "explain_briefly",
    "explain_dossier",
    "fill_reason",
    "show_value",
    "shown_values",
]
