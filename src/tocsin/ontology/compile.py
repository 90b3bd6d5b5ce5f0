"""Makes a gazetteer out of countries, divisions, places and the supplement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tocsin.base.errors import InputError, OntologyError
from tocsin.ontology.countries import Country
from tocsin.ontology.draft import Draft, degrees
from tocsin.ontology.gazetteer import NEWS, NONE, OTHER, PEOPLE, SCALE, SHORT
from tocsin.ontology.geonames import STATES, Division, Entry
from tocsin.ontology.rows import Row, read_rows
from tocsin.ontology.spelling import name_key

Centres = Mapping[str, tuple[float, float]]

# What the names of divisions end in, and news often leaves out.
GENERICS = frozenset(
    {"autonomous region", "borough", "canton", "census area", "county", "department", "district"}
    | {"division", "emirate", "governorate", "krai", "municipality", "oblast", "parish"}
    | {"prefecture", "province", "raion", "regency", "region", "republic", "state", "voivodeship"}
)
# The grid whose inhabited cells stand for the area of a division, in degrees.
CELLS = {"admin1": 0.25, "admin2": 0.05}
# Kinds that no one division holds.
WIDE = ("ADM", "PCL", "RGN", "SEA", "GULF", "OCN", "STM", "MTS", "DSRT", "CONT", "TERR")
NEIGHBOURHOOD = round(0.5 * SCALE)  # a town this near is in the same division, most likely
# Files of the supplement that list no places.
NOT_PLACES = frozenset({"centres.yml", "cues.yml", "shorthand.yml"})
# Kinds of areas that the adjectives of a country's parts may name.
PARTS = ("ADM1", "ADMD", "RGN")


def compiled(
    countries: Mapping[str, Country],
    divisions: Iterable[Division],
    places: Iterable[Entry],
    supplement: Path,
    identities: Mapping[str, int],
) -> Draft:
    """Return the index of all places; `identities` are GeoNames ids of countries by alpha-2."""
    own = {c.iso2: c.id for c in countries.values() if c.iso2 and c.until is None}
    draft = Draft(countries=sorted(own.values()))
    centres = centre_rows(supplement / "centres.yml")
    _add_countries(draft, countries, centres, identities)
    _add_divisions(draft, divisions, own, centres)
    _add_places(draft, places, own)
    _settle(draft)
    _mark_capitals(draft, countries)
    _add_shorthand(draft, supplement / "shorthand.yml")
    for file in sorted(supplement.glob("*.yml")):
        if file.name not in NOT_PLACES:
            for row in read_rows(file):
                _add_supplement(draft, row)
    _place_in_divisions(draft)
    _call_parts(draft, countries)
    _forget_nowhere(draft)
    return draft


def centre_rows(path: Path) -> dict[str, tuple[float, float]]:
    """Return the middle of each country or division by its code, out of its data file."""
    found = {}
    for line in path.read_text("utf8").splitlines():
        if line and not line.startswith("#"):
            code, _, pair = line.partition(": ")
            lat, lon = map(float, pair.strip("[]").split(", "))
            found[code] = (lat, lon)
    return found


def _add_countries(
    draft: Draft, countries: Mapping[str, Country], centres: Centres, ids: Mapping[str, int]
) -> None:
    for country in countries.values():
        if country.iso2 is None or country.iso2 not in ids or country.id not in centres:
            continue
        row = draft.add(
            country.name,
            country=country.id,
            kind="TERR" if country.of else "PCLI",
            identity=ids[country.iso2],
            spot=centres[country.id],
        )
        draft.call(row, country.names, OTHER)
        draft.call(row, (*country.adjectives, *country.people), PEOPLE)


def _add_divisions(
    draft: Draft, divisions: Iterable[Division], own: Mapping[str, str], centres: Centres
) -> None:
    for division in sorted(divisions, key=lambda d: (d.code.count("."), d.code)):
        country, *above = division.code.split(".")
        if country not in own:
            continue
        row = draft.codes[division.code] = draft.add(
            division.name,
            country=own[country],
            kind="ADM2" if len(above) > 1 else "ADM1",
            identity=division.id,
            spot=centres.get(division.code, (0.0, 0.0)),
            admin1=draft.codes.get(f"{country}.{above[0]}", NONE) if len(above) > 1 else NONE,
        )
        names = (division.name, *division.others)
        short = {name_key(short) for name in names for short in _shorter(name)}
        draft.call(row, [n for n in division.others if name_key(n) not in short], OTHER)
        draft.call(row, sorted(short - {name_key(division.name)}), SHORT)
    if len(draft.lines) >= NONE:
        raise InputError(f"{len(draft.lines)} divisions; the index holds {NONE - 1} at most")


def _shorter(name: str) -> Iterator[str]:
    """Yield the name of a division without what kind of division it is."""
    words = name.split()
    for size in (1, 2):
        if len(words) > size and " ".join(words[-size:]).lower() in GENERICS:
            yield " ".join(words[:-size])
    if len(words) > 2 and words[0] in {"Municipality", "Province"} and words[1] == "of":
        yield " ".join(words[2:])
    if len(words) == 2 and words[0] == "County":
        yield words[1]


def _add_places(draft: Draft, places: Iterable[Entry], own: Mapping[str, str]) -> None:
    for place in places:
        parts = place.division.split(".")
        first = draft.codes.get(".".join(parts[:2]), NONE)
        second = draft.codes.get(place.division, NONE) if len(parts) > 2 else NONE
        known = {"ADM1": first, "ADM2": second}.get(place.kind, NONE)
        if place.kind in STATES and place.country in own:
            continue  # countries have a file of their own
        if known != NONE:  # the division stands there already
            line = draft.lines[known]
            line.lat, line.lon = degrees((place.lat, place.lon))
            continue
        row = draft.add(
            place.name,
            country=own.get(place.country),
            kind=place.kind,
            identity=place.id,
            population=place.population,
            spot=(place.lat, place.lon),
            admin1=first,
            admin2=second,
        )
        draft.call(row, (n for n in place.others if name_key(n) != name_key(place.name)), OTHER)


def _settle(draft: Draft) -> None:
    """Give each division its people and its middle, and each town the district around it.

    A division without coordinates of its own lies in the mean of the inhabited cells of a grid: an
    estimate of the middle of its area that a large city does not draw to itself.
    """
    table = draft.table()
    towns = np.flatnonzero(table["kind"] == draft.kind("PPL"))
    _fill_districts(draft, table, towns)
    for level, size in CELLS.items():
        cell = round(size * SCALE)
        members = defaultdict(list)
        for row in towns[table[level][towns] != NONE]:
            members[int(table[level][row])].append(row)
        for division, inside in members.items():
            line = draft.lines[division]
            grid = np.stack([table["lat"][inside] // cell, table["lon"][inside] // cell])
            lat, lon = (np.unique(grid, axis=1).mean(axis=1) + 0.5) * cell
            if line.nowhere:
                line.lat, line.lon = round(float(lat)), round(float(lon))
            line.population = int(table["population"][inside].astype(np.int64).sum())


def _fill_districts(draft: Draft, table: NDArray[np.void], towns: NDArray[np.intp]) -> None:
    """Let towns without a district lie in that of the nearest town of their division."""
    for division in np.unique(table["admin1"][towns]):
        inside = towns[table["admin1"][towns] == division]
        lost = inside[table["admin2"][inside] == NONE]
        kept = inside[table["admin2"][inside] != NONE]
        if division == NONE or not len(lost) or not len(kept):
            continue
        spots = np.stack([table["lat"][kept], table["lon"][kept]], axis=1).astype(float)
        for row in lost:
            here = np.array([table["lat"][row], table["lon"][row]], float)
            near = kept[np.abs(spots - here).sum(axis=1).argmin()]
            draft.lines[row].admin2 = table["admin2"][row] = int(table["admin2"][near])


def _mark_capitals(draft: Draft, countries: Mapping[str, Country]) -> None:
    """Tell capitals from other towns: the largest of its name in its country."""
    for country in countries.values():
        if country.capital is None or country.id not in draft.countries:
            continue
        own = draft.countries.index(country.id)
        towns = [
            line
            for line in (draft.lines[row] for row in draft.rows(country.capital))
            if line.country == own and line.kind == draft.kind("PPL")
        ]
        if towns:
            max(towns, key=lambda line: line.population).kind = draft.kind("PPLC")


def _add_shorthand(draft: Draft, path: Path) -> None:
    for row in read_rows(path):
        division = draft.codes.get(row.text("code"))
        styles, post = row.texts("style"), row.maybe("post")
        row.done()
        if division is not None:  # a dump of one country has only its own
            draft.shorthand += [(short, division) for short in styles]
            draft.postal += [(post, division)] if post else []


def _add_supplement(draft: Draft, row: Row) -> None:
    """Add an entry of the supplement: a place, or what news calls a division."""
    name, kind, code = row.text("name"), row.text("kind"), row.maybe("code")
    aliases, country = row.texts("aliases"), row.maybe("country")
    lat, lon = row.maybe("lat"), row.maybe("lon")
    row.texts("countries")
    row.maybe("within")
    if code is not None:
        if code in draft.codes:
            division = draft.codes[code]
            seat = _namesake(draft, division)
            if lat and lon:
                line = draft.lines[division]
                line.lat, line.lon = degrees((float(lat), float(lon)))
            draft.rename(division, name)
            draft.call(division, (name, *aliases), NEWS)
            names = [n for n in (name, *aliases) if not _generic(n)]
            if seat is not None:  # the town its name comes from has it in the same spellings
                draft.call(seat, names, NEWS)
            for called in names:
                for town in _towns(draft, division, [called]):
                    draft.call(town, [called], NEWS)
    else:
        if country is not None and country not in draft.countries:
            raise OntologyError(f"{row.where}: no country has the code {country}")
        if not lat or not lon:
            raise OntologyError(f"{row.where}: lat and lon are missing, and no code gives them")
        spot = (float(lat), float(lon))
        known = draft.known((name, *aliases), country, kind, spot)
        place = draft.add(name, country=country, kind=kind, spot=spot) if known is None else known
        draft.call(place, (name, *aliases), NEWS)
    row.done()


def _namesake(draft: Draft, division: int) -> int | None:
    """Return the largest town in a division that shares a name with it."""
    towns = _towns(draft, division, draft.names_of(division))
    return max(towns, key=lambda row: draft.lines[row].population, default=None)


def _towns(draft: Draft, division: int, names: Iterable[str]) -> set[int]:
    """Return the towns in a division that have one of the names."""
    kinds = (draft.kind("PPL"), draft.kind("PPLC"))
    return {
        row
        for name in names
        for row in draft.rows(name)
        if division in (draft.lines[row].admin1, draft.lines[row].admin2)
        and draft.lines[row].kind in kinds
    }


def _generic(name: str) -> bool:
    """Return whether a name says what kind of division it is of."""
    return not GENERICS.isdisjoint(name_key(name).split())


def _place_in_divisions(draft: Draft) -> None:
    """Let villages and points of the supplement lie in the divisions of the nearest town."""
    table = draft.table()
    codes = list(draft.kinds)
    towns = np.flatnonzero((table["kind"] == draft.kind("PPL")) & (table["admin1"] != NONE))
    for row in np.flatnonzero((table["id"] == 0) & (table["admin1"] == NONE)):
        line = draft.lines[row]
        wide = codes[line.kind].startswith(WIDE)
        own = towns[table["country"][towns] == line.country]
        if wide or line.country == NONE or not len(own):
            continue
        apart = np.abs(table["lat"][own].astype(int) - line.lat)
        apart += np.abs(table["lon"][own].astype(int) - line.lon)
        if apart.min() < NEIGHBOURHOOD:
            town = own[apart.argmin()]
            line.admin1, line.admin2 = int(table["admin1"][town]), int(table["admin2"][town])


def _call_parts(draft: Draft, countries: Mapping[str, Country]) -> None:
    """Let the adjectives of a country's parts name the regions that they are: "Abkhaz"."""
    areas = {draft.kind(kind) for kind in PARTS}
    for country in countries.values():
        if country.id not in draft.countries:
            continue
        own = draft.countries.index(country.id)
        for part in country.parts:
            for row in draft.rows(part.name):
                if draft.lines[row].country == own and draft.lines[row].kind in areas:
                    draft.call(row, (*part.adjectives, *part.people), PEOPLE)


def _forget_nowhere(draft: Draft) -> None:
    """Give districts without towns the place of the town they are called by, else no name.

    What nobody can place must not be found.
    """
    lost = {row for row, line in enumerate(draft.lines) if line.nowhere}
    towns = {draft.kind("PPL"), draft.kind("PPLC")}
    named = defaultdict(list)
    for key, (row, _) in draft.names:
        if row in lost or draft.lines[row].kind in towns:
            named[key].append(row)
    for rows in named.values():
        for line in (draft.lines[row] for row in rows if row in lost):
            for town in (draft.lines[row] for row in rows if row not in lost):
                if (town.country, town.admin1) == (line.country, line.admin1):
                    line.lat, line.lon = town.lat, town.lon
    draft.names = [
        (key, (row, how)) for key, (row, how) in draft.names if not draft.lines[row].nowhere
    ]
