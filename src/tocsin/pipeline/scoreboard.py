"""The scoreboard: every answer to a question that is settled, held against what came."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from tocsin.pipeline.answering import SHARES, distribution
from tocsin.records.forecast import Forecast, Miss, Question, Rule, Score
from tocsin.score import chances, rules
from tocsin.score.chances import Band
from tocsin.watch import baseline, conformal, shape
from tocsin.watch.shape import Floats

Answer = tuple[Question, Forecast]
Name = tuple[Rule, str, str]
By = Literal["all", "stratum", "lead", "family", "unit", "issued", "start"]
GROUPS: dict[By, Callable[[Question, Forecast], str]] = {
    "all": lambda _, __: "all",
    "stratum": lambda _, said: said.stratum,
    "lead": lambda _, said: f"{said.lead} ahead",
    "family": lambda asked, _: asked.key.family if asked.key else "threat",
    "unit": lambda asked, _: asked.key.unit.name if asked.key else "threat",
    "issued": lambda _, said: said.issued.isoformat(),
    "start": lambda asked, _: asked.start.isoformat(),
}


@dataclass(frozen=True, slots=True)
class Board:
    """Scores by question and group, reliability by question, the dearest misses, why voids."""

    scores: tuple[Score, ...]
    reliability: dict[str, tuple[Band, ...]]
    misses: tuple[Miss, ...]
    voids: dict[str, int]


def board(answers: Iterable[Answer], by: By = "stratum", misses: int = 10) -> Board:
    """Return the scoreboard of answers, open questions left out."""
    groups: dict[Name, list[Answer]] = defaultdict(list)
    void: Counter[Name] = Counter()
    voids: dict[str, str] = {}
    for asked, said in answers:
        name: Name = (asked.rule, asked.step or "", GROUPS[by](asked, said))
        if asked.state == "void":
            void[name] += 1
            voids[asked.id] = asked.void or "no reason"
        elif asked.outcome is not None:
            groups[name].append((asked, said))
    scores: list[Score] = []
    dear: list[tuple[float, Answer]] = []
    yesno: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for name in sorted(groups.keys() | void.keys()):
        some = groups[name]
        score, logs = (_counts if name[0] == "count" else _chances)(name, some, void[name])
        scores.append(score)
        dear += zip(logs.tolist(), some, strict=True)
        if name[0] != "count":
            yesno[name[0]] += [(said.chance or 0.0, bool(asked.outcome)) for asked, said in some]
    dear.sort(key=lambda one: (-one[0], one[1][1].id))
    curves = {
        rule: chances.reliability(
            np.array([said for said, _ in rows]), np.array([came for _, came in rows], np.bool_)
        )
        for rule, rows in yesno.items()
    }
    told = tuple(_miss(log, *answer) for log, answer in dear[:misses])
    return Board(tuple(scores), curves, told, dict(sorted(Counter(voids.values()).items())))


def _chances(name: Name, some: Sequence[Answer], void: int) -> tuple[Score, Floats]:
    """Return the score of chances, and each one's log score."""
    group = ", ".join(part for part in name[1:] if part)
    if not some:
        return Score(rule=name[0], group=group, number=0, void=void), np.zeros(0)
    said = np.array([one.chance or 0.0 for _, one in some])
    came = np.array([bool(one.outcome) for one, _ in some])
    logs = rules.log_score(np.where(came, said, 1 - said))
    brier, plain = float(rules.brier(said, came).mean()), float(came.mean() * (1 - came.mean()))
    made = Score(
        rule=name[0], group=group, number=len(some), void=void, log=float(logs.mean()),
        brier=brier, skill=1 - brier / plain if plain else None, said=float(said.mean()),
        came=float(came.mean()), precision=chances.precision(said, came),
    )  # fmt: skip
    return made, logs


def _counts(name: Name, some: Sequence[Answer], void: int) -> tuple[Score, Floats]:
    """Return the score of distributions of counts, and each one's log score."""
    group = ", ".join(part for part in name[1:] if part)
    if not some:
        return Score(rule="count", group=group, number=0, void=void), np.zeros(0)
    said = [one for _, one in some]
    came = np.array([float(one.outcome or 0) for one, _ in some])
    held, curves = distribution(said)
    pair = shape.cdf(held, np.stack([came - 1, came], -1)[:, None, :])
    pair = conformal.bend(np.clip(pair, 0, 1), curves)[:, 0]
    logs = rules.log_score(pair[:, 1] - pair[:, 0])
    whole, in_logs = _crps(held, curves, came)
    plain = _plain(said, came)
    covered = tuple(
        float(np.mean([
            one.low <= count <= one.high
            for answer, count in zip(said, came, strict=True)
            for one in answer.intervals if one.share == share
        ]))
        for share in SHARES
    )  # fmt: skip
    made = Score(
        rule="count", group=group, number=len(some), void=void, log=float(logs.mean()),
        crps=float(whole.mean()), crps_log=float(in_logs.mean()), covered=covered,
        skill=1 - float(whole.mean()) / plain if plain else None, came=float(came.mean()),
        said=float(shape.moments(held)[0].mean()),
    )  # fmt: skip
    return made, logs


def _crps(held: shape.Shape, curves: Floats, came: Floats) -> tuple[Floats, Floats]:
    """Return the CRPS of counts and of their logarithms."""
    points = shape.ladder()
    need = shape.reach([held], np.ones((len(came), 1, 1)))
    out = np.zeros((2, len(came)))
    for number in np.unique(need):
        some = np.flatnonzero(need == number)
        upto = points[: max(number, np.searchsorted(points, came[some].max()) + 1)]
        below = conformal.bend(np.clip(shape.cdf(held.rows(some), upto), 0, 1), curves[some])
        out[0, some] = rules.crps(upto, below[:, 0], came[some])
        out[1, some] = rules.crps_log(upto, below[:, 0], came[some])
    return out[0], out[1]


def _plain(said: Sequence[Forecast], came: Floats) -> float | None:
    """Return the mean CRPS of conflictology on the same windows; None where one has none."""
    if not all(one.window for one in said):
        return None
    total = 0.0
    by: dict[int, list[int]] = defaultdict(list)
    for at, one in enumerate(said):
        by[len(one.window)].append(at)
    for width, rows in by.items():
        windows = np.array([said[at].window for at in rows], np.int64)
        draws = baseline.conflictology(windows, width).mean[:, 0]
        total += float(rules.drawn(draws, came[rows]).sum())
    return total / len(said)


def _miss(log: float, asked: Question, said: Forecast) -> Miss:
    told = f"{said.median:g}" if said.chance is None else f"{said.chance:.1%}"
    if said.chance is None and said.intervals:
        told += f" ({said.intervals[-1].low:g} to {said.intervals[-1].high:g})"
    return Miss(text=asked.text, issued=said.issued, said=told, came=asked.outcome or 0.0, log=log)
