"""What plugin authors use in their tests: one contract suite for each hook, and the values to feed it."""

from guichet.testing.context import a_context, accepted, an_order, loaded
from guichet.testing.data import assert_data
from guichet.testing.declared import assert_options
from guichet.testing.documents import a_letter, assert_document_renderer
from guichet.testing.exports import assert_exporter
from guichet.testing.fields import assert_field_type
from guichet.testing.functions import assert_command, assert_rule_function
from guichet.testing.identity import an_attempt, assert_identity_provider
from guichet.testing.lists import assert_fetched_list, assert_list_source
from guichet.testing.outside import a_door, served
from guichet.testing.payments import assert_payment_writer
from guichet.testing.prefills import assert_prefill_source
from guichet.testing.returns import assert_return_reader
from guichet.testing.screens import a_dossier_seen, asked_of, assert_screen
from guichet.testing.strictness import no_outside
from guichet.testing.transport import assert_delivery, assert_notification_channel
from guichet.testing.write_backs import a_decision, assert_write_back

__all__ = [
    "a_context",
    "a_decision",
    "a_door",
    "a_dossier_seen",
    "a_letter",
    "accepted",
    "an_attempt",
    "an_order",
    "asked_of",
    "assert_command",
    "assert_data",
    "assert_delivery",
    "assert_document_renderer",
    "assert_exporter",
    "assert_fetched_list",
    "assert_field_type",
    "assert_identity_provider",
    "assert_list_source",
    "assert_notification_channel",
    "assert_options",
    "assert_payment_writer",
    "assert_prefill_source",
    "assert_return_reader",
    "assert_rule_function",
    "assert_screen",
    "assert_write_back",
    "loaded",
    "no_outside",
    "served",
]
