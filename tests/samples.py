"""One real file of every kind that is read, made on the spot, small enough to be damaged often."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from email.message import EmailMessage
from functools import cache

TITLE = "Army takes town"
LINES = tuple(
    f"The army took the town of {town} on Monday after {number} days of fighting, officials said."
    for number, town in enumerate(("Nyala", "El Geneina", "Zalingei", "Kutum", "Ed Daein"), 3)
)
ROW = {"title": TITLE, "text": " ".join(LINES), "outlet": "The Teller", "published": "2024-11-21"}
PICTURE = b"\x89PNG\r\n\x1a\n"
ADDRESS = "https://teller.example"
_ESCAPES = str.maketrans({sign: f"\\{sign}" for sign in "()\\"})


@cache
def samples() -> dict[str, bytes]:
    """Return a sound file of each kind by its name, whose ending says what reads it."""
    page = _page("utf-8").encode()
    french = _page("iso-8859-1").replace("Monday", "la journée, à côté de l’été")
    return {
        "page.html": page,
        "french.html": french.encode("cp1252"),
        "story.pdf": pdf([LINES, LINES[:2]]),
        "story.docx": docx(),
        "story.eml": mail().as_bytes(),
        "news.mbox": box(),
        "table.csv": _table(","),
        "table.tsv": _table("\t"),
        "table.parquet": parquet(),
        "one.json": json.dumps(ROW).encode(),
        "many.jsonl": b"".join(json.dumps({**ROW, "id": n}).encode() + b"\n" for n in range(4)),
        "story.md": f"---\ntitle: {TITLE}\ntags: [a, b]\n---\n# Heading\n\n{_text()}".encode(),
        "story.txt": f"{TITLE}\n\n{_text()} «é» 北京 \U0001f600".encode(),
        "wide.txt": f"{TITLE}\n\n{_text()}".encode("utf-16"),
        "-": json.dumps([ROW, ROW]).encode(),
        "news.warc": warc(packed=False),
        "news.warc.gz": warc(packed=True),
        "feed.rss": _rss(),
        "feed.atom": _atom(),
        "feed.json": _json_feed(),
        "map.xml": _sitemap(),
        "map.xml.gz": gzip.compress(_sitemap(), mtime=0),
        "list.opml": _opml(),
        "registry.yml": _registry(),
    }


def pdf(pages: Sequence[Sequence[str]], stream: bytes | None = None, *, about: str = "") -> bytes:
    """Return a small PDF with lines on its pages, or with one packed stream on each of them.

    `about` is what it says about itself, in the form of PDF.
    """
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", b""]
    objects[2] = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    kids = []
    for lines in pages:
        shown = " ".join(f"({line.translate(_ESCAPES)}) Tj T*" for line in lines)
        drawn = stream or zlib.compress(f"BT /F1 10 Tf 14 TL 72 770 Td {shown} ET".encode())
        head = b"<< /Filter /FlateDecode /Length %d >>" % len(drawn)
        objects.append(head + b"\nstream\n" + drawn + b"\nendstream")
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%b] /Count %d >>" % (b" ".join(kids), len(kids))
    objects += [f"<< {about} >>".encode("latin-1")] if about else []
    named = b"/Info %d 0 R " % len(objects) if about else b""
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    end = b"trailer << /Size %d /Root 1 0 R %b>>\nstartxref\n%d\n%%%%EOF\n"
    return out + head + rows + end % (len(objects) + 1, named, len(out))


def docx() -> bytes:
    """Return a Word document with paragraphs and a table."""
    import docx as word  # noqa: PLC0415 - most of those who ask for samples need none

    made = word.Document()
    made.core_properties.author, made.core_properties.title = "Ann Lee", TITLE
    for line in LINES:
        made.add_paragraph(line)
    made.add_table(2, 2).cell(0, 0).text = "Town"
    stream = io.BytesIO()
    made.save(stream)
    with zipfile.ZipFile(stream) as parts:  # which bear the time of their making
        return zipped({name: parts.read(name) for name in parts.namelist()})


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """Return an archive of these parts, the same in every run."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as made:
        for name, content in parts.items():
            made.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def mail() -> EmailMessage:
    """Return a message with a page, files and another message attached to it."""
    inner = EmailMessage()
    inner["Subject"], inner["From"], inner["Date"] = "Inner", "ann@teller.example", "soon"
    inner.set_content(" ".join(LINES[:2]))
    made = EmailMessage()
    made["Subject"] = f"{TITLE} – été"
    made["From"] = "The Teller <news@teller.example>"
    made["Date"] = "Thu, 21 Nov 2024 10:15:00 +0100"
    made.set_content("\n".join(LINES), cte="quoted-printable")
    made.add_alternative(_page("utf-8"), subtype="html", cte="base64")
    made.add_attachment(pdf([LINES]), maintype="application", subtype="pdf", filename="a.pdf")
    made.add_attachment(_page("utf-8"), subtype="html", filename="b.html")
    made.add_attachment(b"GIF89a", maintype="image", subtype="gif", filename="c.gif")
    made.add_attachment(inner)
    for number, part in enumerate(made.walk()):
        if part.is_multipart() and part.get_content_maintype() == "multipart":
            part.set_boundary(f"=={number}==")  # the same in every run
    return made


def box() -> bytes:
    """Return a box of three messages."""
    plain = b"Subject: %b\nFrom: a@b.example\n\n%b\n\n" % (
        TITLE.encode(),
        "\n".join(LINES).encode(),
    )
    opening = b"From a@b.example Thu Nov 21 10:15:00 2024\n"
    return opening + plain + opening + mail().as_bytes() + b"\n" + opening + plain


def parquet() -> bytes:
    """Return a table of Parquet."""
    import pyarrow as pa  # noqa: PLC0415 - as above
    import pyarrow.parquet as pq  # noqa: PLC0415

    stream = io.BytesIO()
    table = pa.table({key: [f"{value}{n}" for n in range(40)] for key, value in ROW.items()})
    pq.write_table(table, stream, row_group_size=10)
    return stream.getvalue()


def warc(*, packed: bool, bodies: Sequence[bytes] = (), head: str = "") -> bytes:
    """Return a web archive with a page or picture in each record, packed one by one or plain."""
    from fastwarc.stream_io import GZipStream  # noqa: PLC0415 - as above
    from fastwarc.warc import WarcRecord, WarcRecordType  # noqa: PLC0415

    out = io.BytesIO()
    stream = GZipStream(out) if packed else out
    for number, body in enumerate(bodies or [_page("utf-8").encode()] * 3):
        made = WarcRecord()
        made.init_headers(0, WarcRecordType.response, b"<urn:uuid:%032d>" % number)
        made.headers["WARC-Target-URI"] = f"{ADDRESS}/{number}"
        made.headers["WARC-Date"] = "2024-11-21T10:15:00Z"
        made.headers["Content-Type"] = "application/http; msgtype=response"
        sort = "image/png" if body.startswith(PICTURE) else "text/html; charset=utf-8"
        start = f"HTTP/1.1 200 OK\r\nContent-Type: {sort}\r\n{head}\r\n"
        made.set_bytes_content(start.encode() + body)
        made.write(stream)
    return out.getvalue()


def _text() -> str:
    return "\n\n".join(LINES)


def _page(charset: str) -> str:
    paragraphs = "".join(f"<p>{line}</p>" for line in LINES)
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="{charset}"><title>{TITLE}</title>'
        '<meta property="article:published_time" content="2024-11-21T10:15:00+01:00">'
        '<meta name="author" content="Ann Lee"><style>.x {display: none} /* y */</style>'
        '<script type="application/ld+json">{"@type": "NewsArticle", "author": "Ann"}</script>'
        f'</head><body><nav><a href="/">Home</a></nav><article><h1>{TITLE}</h1>{paragraphs}'
        '<div class="x">Hidden words that nobody sees on this page at all.</div></article>'
        "</body></html>"
    )


def _table(sign: str) -> bytes:
    rows = [sign.join(ROW), *(sign.join(f'"{v} {n}"' for v in ROW.values()) for n in range(6))]
    return "\r\n".join(rows).encode()


def _rss() -> bytes:
    items = "".join(
        f"<item><guid>{n}</guid><title>{TITLE}</title><link>{ADDRESS}/{n}</link>"
        "<pubDate>Thu, 21 Nov 2024 10:15:00 GMT</pubDate>"
        f"<description>&lt;p&gt;{line}&lt;/p&gt;</description></item>"
        for n, line in enumerate(LINES)
    )
    head = f"<title>The Teller</title><link>{ADDRESS}</link><language>en</language>"
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel>{head}{items}</channel></rss>'.encode()
    )


def _atom() -> bytes:
    entries = "".join(
        f'<entry><id>urn:{n}</id><title type="html">{TITLE}</title><link href="/{n}"/>'
        f"<updated>2024-11-21T10:15:00Z</updated><author><name>Ann</name></author>"
        f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{line}</div></content>'
        "</entry>"
        for n, line in enumerate(LINES)
    )
    head = '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom">'
    return f"{head}<title>The Teller</title>{entries}</feed>".encode()


def _json_feed() -> bytes:
    items = [
        {"id": str(n), "url": f"{ADDRESS}/{n}", "title": TITLE, "content_text": line,
         "date_published": "2024-11-21T10:15:00Z", "authors": [{"name": "Ann"}], "tags": ["war"]}
        for n, line in enumerate(LINES)
    ]  # fmt: skip
    version = "https://jsonfeed.org/version/1.1"
    return json.dumps({"version": version, "title": "The Teller", "items": items}).encode()


def _sitemap() -> bytes:
    urls = "".join(
        f"<url><loc>{ADDRESS}/{n}</loc><lastmod>2024-11-21</lastmod><news:news>"
        "<news:publication><news:name>The Teller</news:name></news:publication>"
        f"<news:title>{TITLE}</news:title></news:news></url>"
        for n in range(5)
    )
    spaces = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://n.example"'
    return f'<?xml version="1.0" encoding="UTF-8"?><urlset {spaces}>{urls}</urlset>'.encode()


def _opml() -> bytes:
    outlines = "".join(
        f'<outline text="Teller {n}" type="rss" xmlUrl="{ADDRESS}/{n}/rss" htmlUrl="{ADDRESS}"/>'
        for n in range(4)
    )
    body = f'<body><outline text="Sudan">{outlines}</outline></body>'
    return f'<?xml version="1.0"?><opml version="2.0"><head/>{body}</opml>'.encode()


def _registry() -> bytes:
    return "".join(
        f"- id: teller-{n}\n  name: The Teller {n} # a remark\n  country: SDN\n"
        f"  languages: [en, ar]\n  feeds:\n    - {ADDRESS}/{n}/rss\n"
        for n in range(4)
    ).encode()
