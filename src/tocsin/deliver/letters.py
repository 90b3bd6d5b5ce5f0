"""Messages as mail, by an SMTP server that their reader has an account at, or one's own."""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from threading import Timer

from tocsin.base.channels import Delivering, Letters
from tocsin.base.errors import SettingsError
from tocsin.deliver.failure import NotSentError
from tocsin.deliver.secret import reveal
from tocsin.deliver.words import Message, letter

_LINE = 500  # characters of what a server says that messages repeat


def send(channel: Letters, message: Message, settings: Delivering) -> tuple[str, ...]:
    """Send a message to everybody it is for; return whom the server refused.

    Raises NotSentError where it was not taken for anybody; it is unsure where the server was gone
    after it had been given the text.
    """
    text = compose(channel, message).as_bytes(policy=SMTP)
    password = reveal(channel.password) if channel.password is not None else None
    given = False
    try:
        with _connected(channel, settings) as server:
            if channel.security == "starttls":
                server.starttls(context=_trust(channel))
            server.ehlo_or_helo_if_needed()
            if channel.user is not None and password is not None:
                server.login(channel.user, password)
            refused = _addressed(channel, server)
            given = True
            code, said = server.data(text)
            _judge(code, said)
            return refused
    except smtplib.SMTPNotSupportedError as error:
        raise NotSentError(
            f"{channel.host} offers no STARTTLS or no login ({error}); see the channel's `security`"
        ) from error
    except smtplib.SMTPAuthenticationError as error:
        raise NotSentError(
            f"{channel.host} refused user or password ({error.smtp_code}); check both"
        ) from error
    except smtplib.SMTPResponseException as error:
        _judge(error.smtp_code, error.smtp_error)
        raise NotSentError(f"{channel.host} gave no answer that is one", unsure=given) from error
    except ssl.SSLError as error:
        raise NotSentError(f"{channel.host} cannot show who it is ({error.reason})") from error
    except (smtplib.SMTPException, OSError) as error:
        told = f"{channel.host} broke off, or did not answer in time ({error})"
        raise NotSentError(told, again=True, unsure=given) from error


def compose(channel: Letters, message: Message) -> EmailMessage:
    """Return a message as mail; SettingsError where an address of the channel is none."""
    made = EmailMessage(policy=SMTP)
    domain = channel.sender.rpartition("@")[2].rstrip("> ") or "tocsin.invalid"
    try:
        made["Subject"] = f"[Tocsin] {message.subject}"
        made["From"] = channel.sender
        made["To"] = ", ".join(channel.to)
        made["Date"] = format_datetime(message.made)
        made["Message-ID"] = f"<{message.id}@{domain}>"
    except (ValueError, IndexError, MessageError) as error:
        raise SettingsError(
            f"an address of mail is none ({error}); expected ann@example.org"
        ) from (error)
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(letter(message), cte="quoted-printable")
    return made


@contextmanager
def _connected(channel: Letters, settings: Delivering) -> Iterator[smtplib.SMTP]:
    """Yield a connection to a channel's server; it ends when its time is over."""
    name = socket.gethostname()
    if channel.security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            channel.host, channel.port, name, timeout=settings.connect, context=_trust(channel)
        )
    else:
        server = smtplib.SMTP(channel.host, channel.port, name, timeout=settings.connect)
    end = Timer(settings.total, _hang_up, (server,))
    end.daemon = True
    end.start()
    try:
        if server.sock is not None:
            server.sock.settimeout(settings.read)
        yield server
        _farewell(server)
    finally:
        end.cancel()
        server.close()


def _hang_up(server: smtplib.SMTP) -> None:
    """Break a connection off, whatever waits for it."""
    if server.sock is not None:
        try:
            server.sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            server.close()


def _farewell(server: smtplib.SMTP) -> None:
    """Say goodbye; the message is in, whatever comes of that."""
    try:
        server.quit()
    except (smtplib.SMTPException, OSError):
        server.close()


def _addressed(channel: Letters, server: smtplib.SMTP) -> tuple[str, ...]:
    """Say from whom and to whom; return who is refused."""
    _judge(*server.mail(_bare(channel.sender)))
    answers = {name: server.rcpt(_bare(name)) for name in channel.to}
    refused = {name: said for name, said in answers.items() if said[0] not in (250, 251)}
    if len(refused) == len(answers):
        _judge(*next(iter(refused.values())))
    return tuple(refused)


def _judge(code: int, said: bytes | str) -> None:
    """Raise NotSentError for an answer that is no; another try may help where it is for now."""
    if 200 <= code < 400:
        return
    text = said.decode("utf8", "replace") if isinstance(said, bytes) else said
    told = " ".join(text.split())[:_LINE]
    if 400 <= code < 600:
        raise NotSentError(f"the server answered {code} ({told})", again=code < 500)


def _bare(address: str) -> str:
    """Return an address without the name before it."""
    return address.rpartition("<")[2].rstrip("> ") if "<" in address else address.strip()


def _trust(channel: Letters) -> ssl.SSLContext:
    """Return whom to believe: the usual authorities, or the one that the channel names."""
    try:
        return ssl.create_default_context(cafile=channel.authority)
    except (OSError, ssl.SSLError) as error:
        raise SettingsError(
            f"{channel.authority}: {error}; expected certificates in PEM"
        ) from error
