"""Messages sent by other packages, by the entry points of `tocsin.notifiers`."""

from __future__ import annotations

import re

from tocsin.base import plugins
from tocsin.base.channels import Plugged
from tocsin.base.errors import PluginError, SettingsError
from tocsin.deliver.failure import NotSentError
from tocsin.deliver.secret import reveal
from tocsin.deliver.words import Message, letter, payload

_NAMED = re.compile(r"env:[A-Za-z_][A-Za-z0-9_]*|file:.+")


def send(channel: Plugged, message: Message) -> None:
    """Hand a message to a package; raise NotSentError where it is missing or fails.

    The package is called with the message as JSON has it, `subject` and `text` for people to read
    in it, and with the channel's options, secrets revealed.
    """
    told = payload(message) | {"subject": message.subject, "text": letter(message)}
    try:
        work = plugins.get("notifiers", channel.plugin)
        options = {
            name: reveal(value) if isinstance(value, str) and _NAMED.fullmatch(value) else value
            for name, value in channel.options.items()
        }
    except (PluginError, SettingsError) as error:
        raise NotSentError(str(error)) from error
    try:
        work(told, options)
    except Exception as error:
        plugin = plugins.called("notifiers", channel.plugin)
        fault = plugins.fault(plugin, "could not send it", error)
        raise NotSentError(str(fault), again=True, unsure=True) from error
