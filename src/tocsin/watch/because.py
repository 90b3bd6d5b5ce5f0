"""Why something is a signal: one sentence with the numbers in it."""

from __future__ import annotations

from datetime import date
from functools import partial

from tocsin.explain import lines
from tocsin.watch.change import Runs
from tocsin.watch.indicators import CLASSES, FLOOR, MONTH
from tocsin.watch.ladder import Climb, named
from tocsin.watch.silence import Silence

# A number of things, none of them as 0: "1 event", "0 events".
counted = partial(lines.counted, none="0")


def surge(where: str, last: int, before: float, on: date) -> str:
    """Return why a week is a surge."""
    return (
        f"{counted(last, 'event')} of {where} in the seven days to {on}; the {MONTH} weeks before "
        f"had {before:.3g} a week, and a surge is twice that where it is {FLOOR} or more."
    )


def rising(where: str, month: float, year: float, on: date) -> str:
    """Return why a month is a rising threat."""
    events = "event" if month == 1 else "events"
    return (
        f"A mean of {month:.3g} {events} of {where} a week in the {MONTH} weeks to {on}; the year "
        f"that they end had {year:.3g}, and a rising threat is twice that from {FLOOR} a week on."
    )


def moved(where: str, before: int, now: int, shocks: int, year: float) -> str:
    """Return why the class of a series is news."""
    return (
        f"The risk of {where} has gone from {CLASSES[before]} to {CLASSES[now]}: of the last 52 "
        f"weeks {shocks} stood out from a mean of {year:.3g} events a week."
    )


def surprise(where: str, seen: int, chance: float, limit: float, *, start: date, end: date) -> str:
    """Return why a count surprises."""
    return (
        f"{counted(seen, 'event')} of {where} from {start} to {end}; the forecast made before gave "
        f"so many or more a chance of {chance:.2g}, and {limit:.2g} is a surprise."
    )


def changed(where: str, runs: Runs, limit: float) -> str:
    """Return why a level counts as changed."""
    way = "up" if runs.level > runs.before else "down"
    return (
        f"The level of {where} has gone {way} from {runs.before * 7:.3g} to {runs.level * 7:.3g} "
        f"events a week: with a chance of {runs.changed:.2f} it changed within the last "
        f"{runs.young - 1} days, and {limit:.2g} is a signal."
    )


def silent(what: str, found: Silence, last: date) -> str:
    """Return why a silence is one."""
    return (
        f"{what} for {counted(found.days, 'day')}, since {last}; it usually takes "
        f"{found.median:.3g}, the longest of {found.gaps:,} gaps was {found.longest}, and "
        f"{found.limit} is a signal."
    )


def climbed(where: str, found: Climb, recent: int, whole: int, on: date) -> str:
    """Return why a rung is higher than usual."""
    before = f"nothing higher than {named(found.before)}, rung {found.before}"
    return (
        f"{where}: {named(found.now)} in the {recent // 7} weeks to {on}, rung {found.now} of the "
        f"ladder; the {(whole - recent) // 7} weeks before had "
        f"{before if found.before else 'nothing that is on it'}."
    )


def falls(who: str, days: int, open_: int, title: str, within: int) -> str:
    """Return why a deadline is near."""
    when = "today" if days == 0 else f"in {counted(days, 'day')}"
    others = "" if open_ == 1 else f" It is one of {open_:,} open threats there."
    return (
        f"A deadline that {who} falls due {when}, and {counted(within, 'day')} ahead is a signal: "
        f"{title.rstrip('.')}.{others}"
    )
