"""The small abstract classes a plugin fills in, and the frozen values they exchange with the core."""

from guichet.plugin.contracts.base import (
    Context,
    Contract,
    Invalid,
    NoOptions,
    Options,
    PluginError,
    Reason,
    Refused,
    Secret,
    Unavailable,
)
from guichet.plugin.contracts.deliveries import Delivered, Delivery, OutgoingFile
from guichet.plugin.contracts.documents import DocumentRenderer, Letter, Sender, Signatory
from guichet.plugin.contracts.exports import ExportColumn, Exporter
from guichet.plugin.contracts.fields import (
    Choice,
    Column,
    FieldType,
    Json,
    Raw,
    StoredFile,
    TextFieldType,
    UploadedFile,
    Widget,
    one_text,
)
from guichet.plugin.contracts.lists import ListColumns, ListRow, ListSource, RejectedRow
from guichet.plugin.contracts.messages import Attached, Message, NotificationChannel, Sent
from guichet.plugin.contracts.payments import BatchHeader, PaymentFile, PaymentOrder, PaymentWriter, Totals

__all__ = [
    "Attached",
    "BatchHeader",
    "Choice",
    "Column",
    "Context",
    "Contract",
    "Delivered",
    "Delivery",
    "DocumentRenderer",
    "ExportColumn",
    "Exporter",
    "FieldType",
    "Invalid",
    "Json",
    "Letter",
    "ListColumns",
    "ListRow",
    "ListSource",
    "Message",
    "NoOptions",
    "NotificationChannel",
    "Options",
    "OutgoingFile",
    "PaymentFile",
    "PaymentOrder",
    "PaymentWriter",
    "PluginError",
    "Raw",
    "Reason",
    "Refused",
    "RejectedRow",
    "Secret",
    "Sender",
    "Sent",
    "Signatory",
    "StoredFile",
    "TextFieldType",
    "Totals",
    "Unavailable",
    "UploadedFile",
    "Widget",
    "one_text",
]
