"""Keys that mentions meet under: what two may share, and when.

A key joins two things ("in Goma, this week", "`hezbollah` and `strike`, this week"), since a
popular value makes no block by itself. Keys are hashes that depend on a mention and its sheet
alone, so that a store may keep them and look up whom a new mention meets.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import numpy as np

from tocsin.fusion.pairs import FUTURE, LATE, WORLDS
from tocsin.fusion.rows import NEVER, Hashes, Numbers, People, Rows
from tocsin.fusion.table import Table

# Days that may lie between two mentions that meet by their days, on each side.
SLACK = 2
# Days of a spell; a mention has the keys of every spell that its days touch.
SPELL = 8
# An event told to a longer time has no spell.
LONG = 45
# How rare a name or word must be to make a key (`rarity.weight`).
RARE = 0.6
# And to make one with a type, which says little.
RAREST = 0.8
# How rare the name of somebody must be: Iraq is, the police is not.
NAMED = 0.4
TELLING = 4  # rare words of a sentence that make keys
TOPICS = 4  # words of an article that make keys
KIN = 3  # sets of words that make keys with words of an article
NEAR = 1500  # characters of an article within which mentions of one type meet
# A smaller number of people makes no key.
LEAST = 3

_A, _B = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_SHIFTS = np.uint64(30), np.uint64(27), np.uint64(31)


def keys(table: Table) -> tuple[Numbers, Hashes]:
    """Return the rows and their keys, sorted by key; a row may have a key more than once."""
    rows, names = zip(*_all(table), strict=True)
    row, name = np.concatenate(rows), np.concatenate(names)
    order = np.argsort(name, kind="stable")
    return row[order], name[order]


def lookups(table: Table) -> tuple[Numbers, Hashes]:
    """Return rows and what each must share with one of another article for the two to meet.

    Those are the spells of its event and the keys that hold at any time: so few that a store can
    keep them, where `keys` are many.
    """
    rows, spells = _spells(table.rows)
    each = np.arange(len(table), dtype=np.int32)
    found = [_given(rows, _mix(np.full(len(spells), 30, np.uint64), spells)[:, None])]
    found += [_given(each, kind) for kind in _timeless(table)]
    return (
        np.concatenate([row for row, _ in found]), np.concatenate([name for _, name in found])
    )  # fmt: skip


def _all(table: Table) -> Iterator[tuple[Numbers, Hashes]]:
    """Return every kind of key, as rows with one value each."""
    r, each = table.rows, np.arange(len(table), dtype=np.int32)
    spell_rows, spells = _spells(r)
    rare, rarest = _rare(r, RARE), _rare(r, RAREST)
    topics = table.terms[table.owner, :TOPICS]
    fine = np.where(r.level != 1, r.place, np.uint64(0))
    timed = [
        _with(1, fine, r.lemma), _with(2, fine, r.type),
        _with(3, _who(r.actors), r.lemma), _with(4, _who(r.recipients), r.lemma),
        _with(5, _who(r.actors), r.type), _with(6, _who(r.recipients), r.type),
        _with(7, fine, _who(r.actors)), _with(7, fine, _who(r.recipients)),
        _with(8, _lands(r), r.lemma), _with(9, rare, r.lemma), _with(10, rarest, r.type),
        _with(11, topics, r.lemma), _with(12, _tolls(r), r.type), _with(13, fine, rare),
        *(_with(14, _joined(topics, one, two), _kin(r)) for one, two in combinations(range(3), 2)),
    ]  # fmt: skip
    for kind in timed:
        yield _given(
            spell_rows,
            np.where(kind[spell_rows] != 0, _mix(kind[spell_rows], spells[:, None]), np.uint64(0)),
        )
    within = [_with(23, r.article, r.lemma), _with(24, r.article, r.chain), *_nearby(r)]
    for kind in [*within, *_timeless(table)]:
        yield _given(each, kind)


def _timeless(table: Table) -> list[Hashes]:
    """Return the kinds of keys that join mentions of other articles at any time."""
    r = table.rows
    rare, topics = _rare(r, RARE), table.terms[table.owner, :TOPICS]
    fine = np.where(r.level != 1, r.place, np.uint64(0))
    return [
        _with(20, np.where(r.words[:, 3] != 0, r.sentence, np.uint64(0)), r.lemma),
        *(_with(21, _joined(rare, one, two), r.lemma) for one, two in combinations(range(3), 2)),
        _with(22, fine, _with(0, rare[:, :2], r.lemma)),
        *(_with(25, topics[:, [one]], _with(0, topics[:, [two]], r.lemma))
          for one, two in combinations(range(3), 2)),
    ]  # fmt: skip


def _spells(r: Rows) -> tuple[Numbers, Hashes]:
    """Return rows and the spells that their events may fall in; those without a day share one."""
    dated = r.start != NEVER
    ahead = WORLDS[r.modality] == WORLDS[FUTURE]
    low = np.where(dated, r.start, np.where(ahead, r.day, r.day - LATE)).astype(np.int64) - SLACK
    high = np.where(dated, r.end, np.where(ahead, r.day + LATE, r.day)).astype(np.int64) + SLACK
    none = ~dated & (r.day == NEVER)
    long = ~none & (high - low > LONG + 2 * SLACK)
    first = np.where(none, 0, low // SPELL)
    count = np.where(long, 0, np.where(none, 0, high // SPELL) - first + 1)
    rows = np.repeat(np.arange(len(first), dtype=np.int32), count)
    within = np.arange(len(rows)) - np.repeat(np.cumsum(count) - count, count)
    return rows, (first[rows] + within + 1).astype(np.uint64)


def _rare(r: Rows, least: float) -> Hashes:
    """Return the rarest words of each sentence."""
    return np.where(r.weights >= least, r.words, np.uint64(0))[:, :TELLING]


def _kin(r: Rows) -> Hashes:
    """Return up to three sets of words that a lemma is in, by number."""
    left, found = r.kin.copy(), np.zeros((len(r.kin), KIN), np.uint64)
    for place in range(KIN):
        lowest = left & (~left + np.uint64(1))
        found[:, place] = lowest
        left ^= lowest
    return found


def _who(people: People) -> Hashes:
    """Return who takes part and has a name that says anything."""
    return np.where(people.rarity >= NAMED, people.who, np.uint64(0))


def _lands(r: Rows) -> Hashes:
    """Return the countries of both sides, whichever way it goes."""
    one, two = r.actors.country[:, 0], r.recipients.country[:, 0]
    given = (one != 0) & (two != 0)
    return np.where(given, _mix(np.minimum(one, two), np.maximum(one, two)), np.uint64(0))


def _tolls(r: Rows) -> Hashes:
    """Return the numbers of people, each with what became of them."""
    low = np.nan_to_num(r.tolls[:, :, 0])
    kinds = np.arange(1, low.shape[1] + 1, dtype=np.uint64)
    found = _mix(low.astype(np.uint64), np.broadcast_to(kinds, low.shape))
    return np.where(low >= LEAST, found, np.uint64(0))


def _nearby(r: Rows) -> Iterator[Hashes]:
    """Return keys of the stretches of its article that a mention stands in, with its type."""
    for shift in (0, NEAR // 2):
        stretch = ((r.at + shift) // NEAR + 1).astype(np.uint64)
        yield _with(26 + bool(shift), _mix(r.article, stretch), r.type)


def _joined(values: Hashes, one: int, two: int) -> Hashes:
    """Return two columns as one, whichever comes first; nothing where either is nothing."""
    low, high = (
        np.minimum(values[:, one], values[:, two]),
        np.maximum(values[:, one], values[:, two]),
    )
    return np.where(low != 0, _mix(low, high), np.uint64(0))


def _with(kind: int, one: Hashes, two: Hashes) -> Hashes:
    """Return every value of one with every value of two, row by row."""
    left = one[:, None, None] if one.ndim == 1 else one[:, :, None]
    right = two[:, None, None] if two.ndim == 1 else two[:, None, :]
    found = np.where((left != 0) & (right != 0), _mix(left + np.uint64(kind), right), np.uint64(0))
    return found.reshape(len(one), found.shape[1] * found.shape[2])


def _given(rows: Numbers, values: Hashes) -> tuple[Numbers, Hashes]:
    """Return the values that are there, each with its row."""
    there = values != 0
    return np.repeat(rows, there.sum(axis=1)), values[there]


def _mix(one: Hashes, two: Hashes) -> Hashes:
    """Return a hash of two (splitmix64 of one, stirred into the other)."""
    found = one
    for value in (np.uint64(0x9E3779B97F4A7C15), two):
        found = found + value
        found = (found ^ (found >> _SHIFTS[0])) * _A
        found = (found ^ (found >> _SHIFTS[1])) * _B
        found = found ^ (found >> _SHIFTS[2])
    return found
