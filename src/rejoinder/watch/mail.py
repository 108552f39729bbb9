"""Notices by mail."""

import datetime as dt
import smtplib
import ssl
from collections.abc import Sequence
from email.message import EmailMessage
from email.utils import format_datetime

from rejoinder.errors import RejoinderError
from rejoinder.records import digest
from rejoinder.watch.notice import Notice
from rejoinder.watch.plan import Mail

__all__ = ["send_mail"]

_SECONDS = 30.0
"""How long the mail server may take for each step."""


def send_mail(mail: Mail, query: str, notices: Sequence[Notice], now: dt.datetime) -> None:
    """Send ``notices`` in one mail. Raises RejoinderError where the server takes it for nobody."""
    try:
        message = _message(mail, query, notices, now)
        with _server(mail) as server:
            if mail.security == "starttls":
                server.starttls(context=ssl.create_default_context())
            if mail.user is not None and mail.password is not None:
                server.login(mail.user, mail.password)
            server.send_message(message, mail.sender, list(mail.to))
    except (OSError, smtplib.SMTPException, ValueError) as error:
        where = f"{mail.host}:{mail.port}"
        raise RejoinderError(
            f"the mail server {where} did not take it ({_why(error)}). Check its name and rights."
        ) from error


def _server(mail: Mail) -> smtplib.SMTP:
    if mail.security == "tls":
        return smtplib.SMTP_SSL(mail.host, mail.port, timeout=_SECONDS, context=ssl.create_default_context())
    return smtplib.SMTP(mail.host, mail.port, timeout=_SECONDS)


def _message(mail: Mail, query: str, notices: Sequence[Notice], now: dt.datetime) -> EmailMessage:
    message = EmailMessage()
    count = "1 new act" if len(notices) == 1 else f"{len(notices)} new acts"
    message["Subject"] = f"{' '.join(query.split())}: {count}"
    message["From"] = mail.sender
    message["To"] = ", ".join(mail.to)
    message["Date"] = format_datetime(now)
    # the same acts make the same id, by which mail programs know what comes again
    mark = digest("mail", query, *mail.to, *(notice.act for notice in notices))
    message["Message-ID"] = f"<{mark}@{mail.sender.rpartition('@')[2].strip('<> ') or 'localhost'}>"
    text = "\n\n".join(notice.text() for notice in notices) + "\n"
    message.set_content(text.encode("utf-8", "replace").decode())
    return message


def _why(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        words = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
        return f"{error.smtp_code} {' '.join(words.split())}"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return " ".join(str(error).split()) or type(error).__name__
