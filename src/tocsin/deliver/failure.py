"""Why a message did not go out, and whether another try may help."""

from __future__ import annotations

from tocsin.base.errors import DeliveryError


class NotSentError(DeliveryError):
    """A message was not sent.

    `again` says that another try may help, `unsure` that it may have arrived all the same; `after`
    are the seconds that the other side asks to wait.
    """

    def __init__(
        self, message: str, *, again: bool = False, unsure: bool = False, after: float = 0.0
    ) -> None:
        super().__init__(message)
        self.again = again
        self.unsure = unsure
        self.after = after
