"""Which column of a table holds which field, told or guessed by its header."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from tocsin.base.errors import InputError

# What tables call our fields, letters and digits alone, in order of preference. Headers as archives
# and collections of news export them; then French, German, Spanish, Portuguese, Italian, Russian,
# Turkish and Arabic.
USUAL: Mapping[str, tuple[str, ...]] = {
    "doc": (
        "doc", "docid", "documentid", "id", "articleid", "storyid", "storiesid", "uid", "guid",
        "uuid", "an", "accessionnumber", "key",
    ),
    "title": (
        "title", "headline", "hl", "hed", "articletitle", "heading", "subject", "titre", "titel",
        "schlagzeile", "uberschrift", "überschrift", "titulo", "título", "titular", "titolo",
        "заголовок", "название", "başlık", "baslik", "عنوان", "العنوان",
    ),
    "text": (
        "text", "body", "fulltext", "articletext", "articlebody", "maintext", "bodytext", "content",
        "contents", "articlecontent", "article", "story", "storytext", "transcript", "plaintext",
        "cleantext", "texte", "contenu", "corps", "inhalt", "volltext", "texto", "contenido",
        "cuerpo", "conteudo", "conteúdo", "corpo", "testo", "contenuto", "текст", "содержание",
        "metin", "içerik", "icerik", "نص", "النص", "المحتوى",
    ),
    "outlet": (
        "outlet", "source", "sourcename", "publication", "publicationname", "publisher",
        "newspaper", "medium", "media", "medianame", "sitename", "site", "agency", "journal",
        "quelle", "zeitung",
        "fuente", "medio", "fonte", "testata", "источник", "издание", "kaynak", "المصدر",
    ),
    "published": (
        "published", "publishedat", "publishedon", "publicationdate", "publishdate",
        "publisheddate", "datepublished", "pubdate", "date", "pd", "datetime", "articledate",
        "storydate", "timestamp", "datum", "datedepublication", "veröffentlicht", "fecha",
        "fechadepublicacion", "data", "datadepublicacao", "datadipubblicazione", "дата", "tarih",
        "تاريخ", "التاريخ",
    ),
    "fetched": (
        "fetched", "fetchedat", "retrieved", "retrievedat", "crawldate", "crawled", "crawledat",
        "downloaded", "datedownload", "accessed", "collectdate",
    ),
    "language": (
        "language", "lang", "languagecode", "la", "langue", "sprache", "idioma", "lingua", "язык",
        "dil", "اللغة",
    ),
    "url": (
        "url", "link", "articleurl", "sourceurl", "weburl", "permalink", "href", "address", "uri",
        "enlace", "adresse", "ссылка", "bağlantı", "الرابط",
    ),
    "authors": (
        "authors", "author", "byline", "by", "creator", "writer", "auteur", "autor", "autoren",
        "verfasser", "autores", "autore", "автор", "авторы", "yazar", "الكاتب",
    ),
}  # fmt: skip
_JOINTS: Mapping[str, str] = {"text": "\n\n", "authors": "; "}  # all others are joined by a space
_SIGNS = re.compile(r"[\W_]+")


def mapping(headers: Sequence[str]) -> dict[str, str]:
    """Return our fields with the header of the column that each is taken from, as far as told.

    It is a guess by usual names, the same for the same headers, so it can be kept and corrected.
    """
    known: dict[str, str] = {}
    for header in headers:
        known.setdefault(_SIGNS.sub("", header.casefold()), header)
    found: dict[str, str] = {}
    for field, names in USUAL.items():
        name = next((name for name in names if name in known), None)
        if name is not None:
            found[field] = known.pop(name)
    return found


def plan(headers: Sequence[str], columns: Mapping[str, str]) -> dict[str, list[str] | str]:
    """Return for each field its headers, or the text that it always has.

    `columns` says "headline", or "lead + body" for several in a row, or "=The Teller" for a
    constant. Raises InputError for a field or header that is not there.
    """
    made: dict[str, list[str] | str] = {}
    for field, told in columns.items():
        if field not in USUAL:
            raise InputError(f"no field `{field}`; expected one of {', '.join(USUAL)}")
        if told.startswith("=") and told not in headers:
            made[field] = told[1:].strip()
            continue
        parts = [told] if told in headers else [part.strip() for part in told.split("+")]
        made[field] = [_header(part, headers, field) for part in parts]
    if "text" not in made:
        raise InputError(f"no column for `text` among {listed(headers)}; say which one it is")
    return made


def row(cells: Mapping[str, object], planned: Mapping[str, list[str] | str]) -> dict[str, object]:
    """Return the fields of one row of a table, empty cells left out, the title heading the text."""
    made: dict[str, object] = {}
    for field, told in planned.items():
        if isinstance(told, str):
            made[field] = told
            continue
        values = [value for header in told if (value := cells.get(header)) not in (None, "")]
        if len(values) == 1:
            made[field] = values[0]
        elif values:
            made[field] = _JOINTS.get(field, " ").join(str(value) for value in values)
    authors = made.get("authors")
    if isinstance(authors, str):
        made["authors"] = [name.strip() for name in re.split(r"[;|\n]", authors) if name.strip()]
    return {**made, "text": _headed(made.get("title"), made.get("text", ""))}


def listed(headers: Sequence[str]) -> str:
    """Return headers as messages show them."""
    shown = ", ".join(f"`{header[:40]}`" for header in headers[:12])
    return shown + (", ..." if len(headers) > 12 else "")


def _header(told: str, headers: Sequence[str], field: str) -> str:
    """Return the header that is meant, by its exact name or by its letters alone."""
    bare = _SIGNS.sub("", told.casefold())
    near = [header for header in headers if _SIGNS.sub("", header.casefold()) == bare]
    if told in headers or len(near) == 1:
        return told if told in headers else near[0]
    raise InputError(f"no column `{told}` for `{field}`; the table has {listed(headers)}")


def _headed(title: object, text: object) -> object:
    """Return the text with its title at its head, as every article has it."""
    if not (isinstance(title, str) and title.strip() and isinstance(text, str) and text.strip()):
        return text
    return text if text.lstrip().startswith(title.strip()) else f"{title.strip()}\n\n{text}"
