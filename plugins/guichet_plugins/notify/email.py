"""E-mail: through a mail server, or as files in a folder of the installation."""

from __future__ import annotations

import re
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from ssl import SSLCertVerificationError
from typing import Any, Literal

from pydantic import Field

from guichet import (
    Answered,
    Attached,
    Context,
    Message,
    NotificationChannel,
    Options,
    Reason,
    Refused,
    Secret,
    Sent,
    Text,
    Unavailable,
    Whole,
    hookimpl,
)

_ADDRESS = re.compile(r"(?P<local>[^\s@,;:<>()\"\[\]\\]{1,64})@(?P<domain>[\w.-]{1,253})")
_ID = re.compile(r"[A-Za-z0-9_-]{1,120}", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]")
_PROTECTIONS = {"starttls": "STARTTLS", "tls": "TLS"}
_UNBELIEVED = Reason(
    fr="Le certificat du serveur de messagerie n'est d'aucune autorité connue : si c'est la vôtre, nommez son"
    " fichier dans `certificates` d'instance.yaml.",
    en="The certificate of the mail server is of no known authority: if it is your own, name its file in"
    " `certificates` of instance.yaml.",
)
_HUNG_UP = Reason(
    fr="Le serveur de messagerie raccroche ou se tait quand on lui donne le compte : voyez `user` et `password`.",
    en="The mail server hangs up or falls silent when given the account: see `user` and `password`.",
)
_SANDBOX = {"fr": "[bac à sable] ", "en": "[sandbox] "}


class _SignInLostError(smtplib.SMTPException):
    """The session was lost while signing in."""


class EmailOptions(Options):
    """The mail server; without one, each message becomes a file."""

    french = {
        "smtp_host": "Le nom du serveur ; `hosts` d'`instance.yaml` le nomme avec son port : `mail.exemple.fr:587`.",
        "smtp_port": "Son port.",
        "security": "Comment la connexion est protégée.",
        "user": "Le compte, quand le serveur en demande un.",
        "password": "Le nom du secret qui contient son mot de passe.",
        "sender": "L'adresse d'où partent les messages.",
        "folder": "Où les messages sont écrits quand il n'y a pas de serveur.",
        "timeout_seconds": "Combien de temps le serveur peut prendre.",
    }

    smtp_host: Text = ""
    """The server's name; `hosts` of `instance.yaml` names it with its port: `mail.exemple.fr:587`."""
    smtp_port: Whole = Field(default=587, ge=1, le=65535)
    """Its port."""
    security: Literal["starttls", "tls", "none"] = "starttls"
    """How the connection is protected."""
    user: Text = ""
    """The account, where the server asks for one."""
    password: Secret = ""
    """The name of the secret that holds its password."""
    sender: Text = "ne-pas-repondre@guichet.invalid"
    """The address messages come from."""
    folder: Text = "mails"
    """Where messages are written when there is no server."""
    timeout_seconds: Whole = Field(default=20, ge=1, le=120)
    """How long the server may take."""


class Email(NotificationChannel[EmailOptions]):
    """Sends a message with its attachments. The same message twice bears the same Message-ID."""

    key = "email"
    Options = EmailOptions

    def send(self, message: Message, options: EmailOptions, context: Context) -> Sent:
        """Send a message, or write it as `<id>.eml`."""
        mail = mail_of(message, options, context)
        if options.smtp_host:
            _send(mail, options, context)
        else:
            _write(mail, message.id, options, context)
        return Sent(reference=mail["Message-ID"])

    def check_settings(self, options: EmailOptions, context: Context) -> Reason | None:
        """Say whether the password is missing."""
        try:
            password = context.secret(options.password)
        except Refused as error:
            return error.reason
        if options.user and not password:
            return Reason(
                fr="Donnez `password: secret:nom` : un compte (`user`) est réglé sans mot de passe.",
                en="Give `password: secret:name`: an account (`user`) is set without a password.",
            )
        return None

    def check_config(self, options: EmailOptions, context: Context) -> Reason | Answered | None:
        """See that the operator names the server in `hosts`, open it and sign in, sending nothing."""
        if not options.smtp_host:
            return None
        context.outside.check_line(options.smtp_host, options.smtp_port)
        password = context.secret(options.password)
        where = f"{options.smtp_host}:{options.smtp_port}"
        try:
            with _signed_in(options, password, context):
                pass
        except SSLCertVerificationError:
            return _UNBELIEVED
        except _SignInLostError:
            return _HUNG_UP
        except (OSError, smtplib.SMTPException) as error:
            return Reason(
                fr=f"Le serveur de messagerie {where} ne nous prend pas : {error}",
                en=f"The mail server {where} does not take us: {error}",
            )
        steps = "EHLO" if options.security == "none" else f"EHLO, {_PROTECTIONS[options.security]}"
        account_fr, account_en = ("compte accepté", "account taken") if options.user else ("sans compte", "no account")
        return Answered(
            fr=f"{where} a répondu : {steps}, {account_fr} ; rien n'est parti",
            en=f"{where} answered: {steps}, {account_en}; nothing was sent",
        )


def mail_of(message: Message, options: EmailOptions, context: Context) -> EmailMessage:
    """Give the mail of a message. No text can become a header.

    Raises:
        Refused: An address, a subject or a name holds what no header may.
    """
    for text in (message.subject, message.sender_name, message.to, message.reply_to):
        if _CONTROL.search(text):
            raise Refused(
                fr="Le message n'est pas parti : son adresse ou son objet contient un saut de ligne.",
                en="The message was not sent: its address or subject holds a line break.",
            )
    if not _ID.fullmatch(message.id):
        raise Refused(fr="L'identifiant du message ne convient pas.", en="The message's id will not do.")
    mail = EmailMessage(policy=SMTP)
    sender = _address(options.sender, message.sender_name)
    prefix = _SANDBOX[context.language] if context.mode == "sandbox" else ""
    mail["From"] = sender
    mail["To"] = _address(message.to)
    if message.reply_to:
        mail["Reply-To"] = _address(message.reply_to)
    mail["Subject"] = prefix + message.subject
    mail["Message-ID"] = f"<{message.id}@{sender.domain}>"
    if context.now is not None:
        mail["Date"] = format_datetime(context.now)
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: out-of-office programs do not answer
    mail["Content-Language"] = context.language
    mail.set_content(message.body, cte="quoted-printable")
    for attached in message.attachments:
        _attach(mail, attached)
    _settle_boundaries(mail, message.id)
    return mail


def _address(text: str, name: str = "") -> Address:
    """An address as a header takes it, its domain in the letters of the network."""
    found = _ADDRESS.fullmatch(text)
    try:
        if found is not None:
            domain = found["domain"].encode("idna").decode("ascii")
            return Address(display_name=name, addr_spec=f"{found['local']}@{domain}")
    except (ValueError, IndexError, MessageError):
        pass  # the library's word for the same refusal
    raise Refused(
        fr="L'adresse ne convient pas : demandez-en une autre.",  # unquoted: refusals go to logs and the journal
        en="The address will not do: ask for another.",
    )


def _attach(mail: EmailMessage, attached: Attached) -> None:
    main, _, sub = attached.media_type.partition("/")
    name = re.sub(r"[^\w .()-]", "_", attached.name).strip(". ") or "document"
    mail.add_attachment(attached.content, maintype=main or "application", subtype=sub or "octet-stream", filename=name)


def _settle_boundaries(mail: EmailMessage, message_id: str) -> None:
    # Without this, the library draws a boundary at random and the same message is never the same bytes.
    for number, part in enumerate(part for part in mail.walk() if part.is_multipart()):
        part.set_boundary(f"=_{message_id}_{number}")


def _write(mail: EmailMessage, message_id: str, options: EmailOptions, context: Context) -> None:
    if context.folder is None:
        raise Refused(
            fr="Aucun serveur de messagerie ni dossier n'est réglé pour les courriels.",
            en="Neither a mail server nor a folder is set for e-mail.",
        )
    folder = context.folder / options.folder
    if context.folder.resolve() not in {folder.resolve(), *folder.resolve().parents}:
        raise Refused(
            fr="Le dossier des courriels doit rester dans celui de l'installation.",
            en="The folder of mails must stay within the installation's.",
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        part = folder / f".{message_id}.part"
        part.write_bytes(bytes(mail))
        part.replace(folder / f"{message_id}.eml")
    except OSError as error:
        raise Unavailable(
            fr=f"Le dossier des courriels n'accepte pas de fichier ({error.strerror}).",
            en=f"The folder of mails takes no file ({error.strerror}).",
        ) from error


def _send(mail: EmailMessage, options: EmailOptions, context: Context) -> None:
    """Hand a mail to the server; only what it says of this mail refuses it for good."""
    password = context.secret(options.password)
    try:
        with _signed_in(options, password, context) as server:
            _hand_over(mail, server)
    except smtplib.SMTPAuthenticationError as error:
        raise Unavailable(
            fr=f"Le serveur de messagerie refuse le compte ({error.smtp_code}) : le message repartira.",
            en=f"The mail server refuses the account ({error.smtp_code}): the message will go again.",
        ) from error
    except _SignInLostError as error:
        raise Unavailable(fr=_HUNG_UP.fr, en=_HUNG_UP.en) from error
    except smtplib.SMTPNotSupportedError as error:
        raise Unavailable(
            fr=f"Le serveur de messagerie n'a pas ce que demande son réglage ({error}) : le message repartira.",
            en=f"The mail server lacks what its settings ask for ({error}): the message will go again.",
        ) from error
    except SSLCertVerificationError as error:
        raise Unavailable(fr=_UNBELIEVED.fr, en=_UNBELIEVED.en) from error
    except (OSError, smtplib.SMTPException) as error:
        raise Unavailable(
            fr="Le serveur de messagerie ne répond pas : le message repartira.",
            en="The mail server does not answer: the message will go again.",
        ) from error


def _hand_over(mail: EmailMessage, server: smtplib.SMTP) -> None:
    try:
        server.send_message(mail)
    except smtplib.SMTPRecipientsRefused as error:
        code = max(code for code, _ in error.recipients.values())
        raise _refused(code, "l'adresse", "the address") from error
    except smtplib.SMTPResponseException as error:
        raise _refused(error.smtp_code, "le message", "the message") from error


@contextmanager
def _signed_in(options: EmailOptions, password: str, context: Context) -> Iterator[smtplib.SMTP]:
    """A session with the server. A goodbye that goes wrong undoes nothing: what it took, it has taken."""
    server = _opened(options, context)
    try:
        if options.security == "starttls":
            server.starttls(context=context.outside.trust())
        server.ehlo_or_helo_if_needed()
        if options.user:
            _sign_in(server, options.user, password)
        yield server
    finally:
        with suppress(OSError, smtplib.SMTPException):
            server.quit()
        server.close()


def _sign_in(server: smtplib.SMTP, user: str, password: str) -> None:
    """Sign in. Some servers hang up on a wrong password, or let it wait, instead of saying so."""
    try:
        server.login(user, password)
    except (smtplib.SMTPServerDisconnected, TimeoutError, ConnectionError) as error:
        raise _SignInLostError from error


def _opened(options: EmailOptions, context: Context) -> smtplib.SMTP:
    where, patience = (options.smtp_host, options.smtp_port), options.timeout_seconds
    if options.security == "tls":
        return smtplib.SMTP_SSL(*where, timeout=patience, context=context.outside.trust())
    return smtplib.SMTP(*where, timeout=patience)


def _refused(code: int, what_fr: str, what_en: str) -> Refused | Unavailable:
    if 400 <= code < 500:
        return Unavailable(
            fr=f"Le serveur de messagerie remet {what_fr} à plus tard ({code}).",
            en=f"The mail server puts {what_en} off ({code}).",
        )
    return Refused(
        fr=f"Le serveur de messagerie refuse {what_fr} ({code}).", en=f"The mail server refuses {what_en} ({code})."
    )


@hookimpl
def register_notification_channels() -> list[NotificationChannel[Any]]:
    """Give the e-mail channel."""
    return [Email()]
