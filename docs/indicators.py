"""Make Tocsin's indicators anew out of its exported tables, in plain Python.

    tocsin series --export DIR && python docs/indicators.py DIR

Each function has the rule of one indicator. What comes out is held against `indicators.csv`.
"""

import csv
import sys
from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise

FAMILIES = [
    "material conflict",
    "verbal conflict",
    "material cooperation",
    "verbal cooperation",
    "protest",
]
HOSTILE = {"material conflict", "verbal conflict", "protest"}
CALMING = ["talks", "ceasefire", "release", "withdrawal"]


def read(folder, name):
    """Return a table's rows, each as a dictionary by column."""
    with open(f"{folder}/{name}.csv", encoding="utf8", newline="") as file:
        return list(csv.DictReader(file))


def by_unit(events):
    """Return the events of each country, area and dyad."""
    units = defaultdict(list)
    for event in events:
        for kind, column in ("country", "countries"), ("area", "area"), ("dyad", "dyads"):
            for name in event[column].split():
                units[kind, name].append(event)
    return units


def within(events, ended, weeks):
    """Return the events of so many weeks up to a day."""
    first = ended - timedelta(days=7 * weeks)
    return [event for event in events if first < date.fromisoformat(event["day"]) <= ended]


def weekly(events, ended, weeks):
    """Return how many events each of so many weeks has, the oldest first."""
    counts = [0] * weeks
    for event in within(events, ended, weeks):
        counts[-1 - (ended - date.fromisoformat(event["day"])).days // 7] += 1
    return counts


def level(counts):
    """I1: events a week over the last 1, 4, 12 and 52 weeks."""
    for weeks in (1, 4, 12, 52):
        if weeks <= len(counts):
            yield f"I1 level {weeks}w", sum(counts[-weeks:]) / weeks


def rules(counts):
    """I2: the last week has twice the mean of the four before, and those one event a week.

    I3: the last four weeks have twice the mean of the year that they end, and one event a week.
    I4: weeks of the year two standard deviations above its mean; six are volatile. With 1.5 events
    a week or more that makes four classes.
    """
    before, month, year = sum(counts[-5:-1]), sum(counts[-4:]), sum(counts[-52:])
    if len(counts) >= 5:
        yield "I2 surge", int(before >= 4 and counts[-1] * 4 >= 2 * before)
    if len(counts) >= 52:
        yield "I3 rising", int(month >= 4 and month * 52 >= 2 * year * 4)
        spread = 52 * sum(n * n for n in counts) - year * year  # 52² times the variance
        far = sum(52 * n > year and (52 * n - year) ** 2 >= 4 * spread for n in counts)
        yield "I4 shocks", far
        yield (
            "I4 class",
            ["low", "consistent", "growing", "extreme"][2 * (far >= 6) + (year * 2 >= 3 * 52)],
        )


def shape(month, year):
    """I7: deaths, events against civilians, armed actors, which share of the areas was hit."""
    for name in ("low", "best", "high"):
        yield f"I7 deaths {name}", sum(int(e[f"deaths_{name}"] or 0) for e in month)
    yield "I7 events against civilians", sum(int(e["civilians"]) for e in month)
    yield "I7 armed actors", len({name for e in month for name in e["armed"].split()})
    hit, areas = ({e["area"] for e in some if e["area"]} for some in (month, year))
    if areas:
        yield "I7 spread", len(hit) / len(areas)


def pressure(month):
    """I8: which share of events are threats or demands."""
    if month:
        yield "I8 share of threats and demands", sum(int(e["pressure"]) for e in month) / len(month)


def threats(rows, on):
    """I8: threats that stand between two, and the days to the nearest deadline to come."""
    pairs = defaultdict(list)
    for row in rows:
        for name in row["dyads"].split():
            pairs[name].append(row)
    for name, some in pairs.items():
        yield name, "I8 open threats", len(some)
        days = [
            max((date.fromisoformat(row["due_from"]) - on).days, 0)
            for row in some
            if row["due_to"] and date.fromisoformat(row["due_to"]) >= on
        ]
        if days:
            yield name, "I8 days to deadline", min(days)


def ladder(kind, month, year, back):
    """I9: conflict one way less the other way (`back`), and the highest rungs of month and year."""
    if kind == "dyad":
        there, here = (sum(e["family"] in HOSTILE for e in some) for some in (month, back))
        yield "I9 net hostility", there - here
    yield "I9 highest rung 4w", max((int(e["rung"]) for e in month), default=0)
    yield "I9 highest rung 52w", max((int(e["rung"]) for e in year), default=0)


def calming(month):
    """I10: talks, ceasefires, releases, withdrawals."""
    for name in CALMING:
        yield f"I10 {name}", sum(e["calming"] == name for e in month)


def breadth(month):
    """I11: independent origins an event; which share has one alone, which is disputed."""
    if month:
        yield "I11 origins", sum(int(e["origins"]) for e in month) / len(month)
        yield "I11 single origin", sum(int(e["origins"]) <= 1 for e in month) / len(month)
        yield "I11 disputed", sum(int(e["disputed"]) for e in month) / len(month)


def attention(units, documents, panel, ended):
    """I12: a month's events that a panel reports per 1,000 of its documents; whether it broke."""
    ours = [d for d in documents if d["panels"] and (not panel or panel in d["panels"].split())]
    weeks = [defaultdict(int) for _ in range(64)]
    for row in ours:
        ago = (ended - date.fromisoformat(row["day"])).days // 7
        if 0 <= ago < 64:
            weeks[-1 - ago][row["source"]] += int(row["documents"])
    if not any(weeks):
        return
    total = sum(sum(week.values()) for week in weeks[-4:])
    title = f"I12 events per 1,000 of {panel}" if panel else "I12 events per 1,000"
    yield "panel", panel, "", "I12 documents", total
    yield "panel", panel, "", "I12 break", int(any(broken(weeks, at) for at in range(60, 64)))
    for (kind, unit), events in units.items() if total else ():
        month = [
            e
            for e in within(events, ended, 4)
            if (panel in e["panels"].split() if panel else e["panels"])
        ]
        for family in FAMILIES:
            number = sum(e["family"] == family for e in month)
            if number:
                yield kind, unit, family, title, 1000 * number / total


def broken(weeks, at):
    """I12: a week has twice or half the median of the twelve before, or a quarter fell silent."""
    before = weeks[at - 12 : at]
    totals = sorted(sum(week.values()) for week in before)
    twice, now = totals[5] + totals[6], sum(weeks[at].values())
    silent = sum(n for week in before for source, n in week.items() if not weeks[at][source])
    return 2 * now > 2 * twice or 2 * now * 2 < twice or (silent > 0 and silent * 4 >= sum(totals))


def complete(cells, on):
    """I13: which share of a day's events stands so many days later, by a chain of links."""
    stood = defaultdict(lambda: [0] * 60)
    for row in cells:
        for age in range(int(row["age"]), 60):
            stood[date.fromisoformat(row["day"])][age] += int(row["came"]) - int(row["left"])
    age_of = {day: (on - day).days for day in stood}
    now, later = (
        [sum(n[age + ahead] for day, n in stood.items() if age_of[day] > age) for age in range(59)]
        for ahead in (0, 1)
    )
    settled = sum(n[59] for day, n in stood.items() if age_of[day] >= 60)
    if settled >= 20 and all(now):
        share = [1.0] * 60
        for age in range(58, -1, -1):
            share[age] = share[age + 1] * (now[age] / max(later[age], 1))
        for age in range(14):
            yield f"I13 complete after {age}d", share[age]


def silence(days, on):
    """I14: days since something new was reported, and the longest gap of the last 364 days."""
    seen = sorted({day for day in days if 0 <= (on - day).days < 364})
    if seen:
        yield "I14 days of silence", (on - seen[-1]).days
    if len(seen) > 1:
        yield "I14 longest silence", max((b - a).days for a, b in pairwise(seen))


def indicators(folder):
    """Yield every indicator of a folder of tables: its name, kind, unit, family and value."""
    about, events, documents = (read(folder, name) for name in ("about", "events", "documents"))
    on, ended = (date.fromisoformat(about[0][name]) for name in ("on", "ended"))
    first = min((date.fromisoformat(e["reported"]) for e in events), default=ended)
    known = min(52, max(1, -(-((ended - first).days + 1) // 7)))
    units = by_unit(events)
    for (kind, unit), some in units.items():
        month, year = within(some, ended, 4), within(some, ended, 52)
        for family in FAMILIES:
            counts = weekly([e for e in some if e["family"] == family], ended, known)
            for name, value in (*level(counts), *rules(counts)) if any(counts) else ():
                yield name, kind, unit, family, value
        if year:
            back = within(units.get((kind, ">".join(reversed(unit.split(">")))), []), ended, 4)
            told = [date.fromisoformat(e["reported"]) for e in some]
            for name, value in (
                *shape(month, year),
                *pressure(month),
                *ladder(kind, month, year, back),
                *calming(month),
                *breadth(month),
                *silence(told, on),
            ):
                yield name, kind, unit, "", value
    for unit, name, value in threats(read(folder, "threats"), on):
        yield name, "dyad", unit, "", value
    panels = {name for d in documents for name in d["panels"].split()}
    for panel in sorted(panels | {""}) if panels else ():
        for kind, unit, family, name, value in attention(units, documents, panel, ended):
            yield name, kind, unit, family, value
    cells = read(folder, "triangle")
    for family in FAMILIES:
        for name, value in complete([row for row in cells if row["family"] == family], on):
            yield name, "", "", family, value
    days = defaultdict(list)
    for row in documents:
        days[row["source"]].append(date.fromisoformat(row["day"]))
    for source, some in days.items():
        for name, value in silence(some, on):
            yield name, "source", source, "", value


def main(folder):
    """Print what differs from what Tocsin wrote; return how much does."""
    told = {
        tuple(row[c] for c in ("indicator", "kind", "unit", "family")): row["value"]
        for row in read(folder, "indicators")
    }
    made = {tuple(key): str(value) for *key, value in indicators(folder)}
    wrong = sorted(key for key in told.keys() | made.keys() if told.get(key) != made.get(key))
    for key in wrong:
        print(*key, f"Tocsin: {told.get(key)}", f"here: {made.get(key)}", sep=" | ")
    print(f"{len(made):,} indicators, {len(wrong):,} differ")
    return len(wrong)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1]) > 0)
