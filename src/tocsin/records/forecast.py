"""Questions about what will be counted or done, the chances that were given, and what came."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, Struct

from tocsin.base.ids import digest
from tocsin.records.series import Key, Step

Chance = Annotated[float, Meta(ge=0, le=1)]
# `count`: how many; `some`: one or more; `surge`: twice the mean of the four weeks before, and
# those one a week; `high`: more than in any of the 52 weeks before; `carried`: a threat is carried
# out within its time.
Rule = Literal["count", "some", "surge", "high", "carried"]
State = Literal["open", "resolved", "void"]
# Weight, mean and size of a negative binomial; no size is Poisson's, 0 one value alone.
Part = tuple[float, float, float | None]


class Interval(Struct, frozen=True, forbid_unknown_fields=True):
    """The counts, both included, between which what comes lies with a chance of `share`."""

    share: Chance
    low: float
    high: float


class Question(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """Something that will have been counted or done by a day, and the rule that settles it.

    It is about the days from `start` to `end` of a series, or about a threat. It is settled by what
    is known on `deadline`, by the `resolver`. `outcome` is the count, or 1 for yes and 0 for no;
    a void question has a reason instead.
    """

    id: str
    text: str
    rule: Rule
    start: date
    end: date
    deadline: date
    resolver: str
    key: Key | None = None
    step: Step | None = None
    threat: str | None = None
    state: State = "open"
    outcome: float | None = None
    settled: date | None = None
    void: str | None = None


class Forecast(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """What was said about a question on a day, never changed afterwards.

    `issued` is the last day whose reports it knows, `data` names the counts that it was made of and
    the snapshot that they come from, `stamp` the version and the design. A count has its `parts`
    and the `curve` that widens them, its median and intervals, and the `window` of last counts,
    oldest first, that baselines are made of; every other question a chance. `stratum` is what the
    history was like: none, low or high; of a threat it is its kind.
    """

    id: str
    question: str
    issued: date
    lead: int
    data: str
    stamp: str
    stratum: str
    chance: Chance | None = None
    parts: tuple[Part, ...] = ()
    curve: tuple[float, ...] = ()
    median: float | None = None
    intervals: tuple[Interval, ...] = ()
    window: tuple[int, ...] = ()
    because: str = ""


class Refusal(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A series of which nothing is foretold, and why not."""

    key: Key
    because: str


class Score(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """How forecasts of a group did: means over those whose questions were resolved.

    `crps` and `log` are the lower the better; `skill` is the share of the score that they save:
    of conflictology's CRPS for counts, of the Brier score of always saying the group's own share
    otherwise. `covered` has for 50, 80 and 95 % the share of counts within. `said` and `came` are
    the mean chance and the share that came true.
    """

    rule: Rule
    group: str
    number: int
    void: int = 0
    crps: float | None = None
    crps_log: float | None = None
    log: float | None = None
    brier: float | None = None
    skill: float | None = None
    covered: tuple[float, ...] = ()
    said: float | None = None
    came: float | None = None
    precision: float | None = None


class Miss(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One answer and what came, with its log score: the dearest first."""

    text: str
    issued: date
    said: str
    came: float
    log: float


def question_id(rule: Rule, about: str, step: str, start: date, end: date) -> str:
    """Return the id of a question: what it asks about (a series or a threat), and which days."""
    return digest("question", rule, about, step, start.isoformat(), end.isoformat())


def forecast_id(question: str, issued: date) -> str:
    """Return the id of a forecast: one a question and day."""
    return digest("forecast", question, issued.isoformat())
