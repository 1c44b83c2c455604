"""Send a message by mail, through an SMTP server."""

import smtplib
import ssl
from collections.abc import Mapping
from email.message import EmailMessage

from policydiff.settings import Mail
from policydiff.watch.notify.message import Message
from policydiff.watch.notify.webhook import DeliveryError

_TIMEOUT = 30.0


def compose_mail(message: Message, mail: Mail) -> EmailMessage:
    """Return the mail; words of documents are in subject and body only, header syntax cannot be reached."""
    letter = EmailMessage()
    letter["Subject"] = message.subject
    letter["From"] = mail.sender
    letter["To"] = ", ".join(mail.recipients)
    domain = mail.sender.rpartition("@")[2]
    letter["Message-ID"] = f"<{message.id}@{domain}>"
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(message.text)
    return letter


def send_mail(message: Message, mail: Mail, environment: Mapping[str, str]) -> None:
    """Send a message.

    Raises:
        DeliveryError: if the login is not in the environment, or the server did not take the mail.
    """
    try:
        with _connect(mail) as server:
            if mail.user_env:
                server.login(
                    _secret(mail.user_env, environment), _secret(mail.password_env or "", environment)
                )
            server.send_message(compose_mail(message, mail))
    except (smtplib.SMTPException, OSError) as error:
        raise DeliveryError(f"the mail server {mail.host} did not take the mail: {error}") from error


def _connect(mail: Mail) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if mail.security == "tls":
        return smtplib.SMTP_SSL(mail.host, mail.port, timeout=_TIMEOUT, context=context)
    server = smtplib.SMTP(mail.host, mail.port, timeout=_TIMEOUT)
    if mail.security == "starttls":
        try:
            server.starttls(context=context)
        except BaseException:
            server.close()
            raise
    return server


def _secret(name: str, environment: Mapping[str, str]) -> str:
    value = environment.get(name)
    if not value:
        raise DeliveryError(f"the environment variable {name or 'of the mail login'} is not set")
    return value
