"""Files made to do harm: each is quickly made, and meant to cost a reader very much."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from base64 import encodebytes
from collections.abc import Callable, Mapping
from functools import cache

from tests.samples import LINES, ROW, docx, pdf, warc, zipped

Made = Callable[[], tuple[str, bytes]]
Part = bytes | tuple[bytes, int]  # some bytes, or some that are repeated

LINE = LINES[0].encode()
_OPEN = b"<html><body><article>" + b"<p>" + LINE * 3 + b"</p>"
_DTD = b'<!DOCTYPE x [<!ENTITY a "ha">%b]>' % b"".join(
    b'<!ENTITY %c "%b">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(10)
)
_SQUARE = b'<!DOCTYPE x [<!ENTITY k "%b">]>' % (b"a" * 100_000)
_FILE = b'<!DOCTYPE x [<!ENTITY k SYSTEM "file:///etc/hostname">]>'
_PARAMETER = b'<!DOCTYPE x [<!ENTITY % k SYSTEM "http://127.0.0.1:9/"> %k;]>'
_W = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@cache
def giants() -> tuple[Made, ...]:
    """Return what makes a file, its name saying what reads it."""
    return (*_pages(), *_documents(), *_mails(), *_rows(), *_listings(), *_archives())


def _made(name: str, *parts: Part) -> Made:
    """Return what makes a file of parts."""
    return lambda: (name, _joined(*parts))


def _joined(*parts: Part) -> bytes:
    return b"".join(part if isinstance(part, bytes) else part[0] * part[1] for part in parts)


def _pages() -> list[Made]:
    repeated: tuple[tuple[bytes, int], ...] = (
        (b"<div>", 30_000), (b"<b><i>", 15_000), (b"<span>a", 30_000), (b"<ul><li>", 15_000),
        (b"<blockquote><p>x", 10_000), (b"<table><tr><td>", 10_000), (b"<br>", 30_000),
        (b"<p>the army", 4_900), (b"<div><p>a b c d e f</p><p>g</p></div>", 2_000), (b" ", 900_000),
        (b"1", 900_000), (b"2024-11-21 ", 80_000), (b"&#", 400_000), (b"<!--", 200_000),
        (b"x", 480_000), ("\u202e\u200b".encode(), 80_000), (b"<a href=x>the army</a> on ", 9_000),
        (b"<time datetime=2024-11-21>a</time>", 3_000), (b"<![CDATA[", 90_000), (b"\0", 400_000),
        (b"<div>", 2_000_000), (b"<p>x", 400_000), (b"<svg><math>", 20_000), (b"<", 900_000),
    )  # fmt: skip
    heads: tuple[tuple[bytes, bytes, int, bytes], ...] = (
        (b"<style>", b"{", 400_000, b"</style>"),
        (b"<style>", b".a,", 300_000, b"{display:none}</style>"),
        (b"<style>", b"/*", 400_000, b"</style>"),
        (b"<style>", b".x{display:none}", 50_000, b"</style>"),
        (b"<p style='display", b" ", 900_000, b"'>"),
        (b"<p style='", b"left:-", 150_000, b"'>"),
        (b"<p ", b"a ", 400_000, b">"),
        (b'<script type="application/ld+json">{"headline":"', b'a\\"', 200_000, b"</script>"),
        (b'<script type="application/ld+json">', b'"author":{"name":"', 40_000, b"</script>"),
        (b"<meta name=author content='", b"by a and b, ", 70_000, b"'>"),
        (b"<title>", b"a | b - ", 100_000, b"</title>"),
        (b"<link rel=canonical href='http://", b"a/../", 150_000, b"'>"),
        (b"<!DOCTYPE html [", b"<!ENTITY a 'b'>", 20_000, b"]>"),
    )
    return [
        *(_made("page.html", _OPEN, one, _OPEN) for one in repeated),
        *(_made("page.html", b"<html>", a, (b, n), c, _OPEN) for a, b, n, c in heads),
        _made("page.html", b"<html>", *((b"<p a%d=1" % n) for n in range(4_000)), _OPEN),
        _made("page.html", b"<html><p ", *(b"a%d=1 " % n for n in range(80_000)), b">", _OPEN),
        *(_made("page.xhtml", head, _OPEN, b"&k;") for head in (_DTD, _SQUARE, _FILE, _PARAMETER)),
    ]


def _documents() -> list[Made]:
    drawings: tuple[tuple[Part, ...], ...] = (
        ((b"\0", 200_000_000),),
        (b"BT /F1 9 Tf ", (b"(The army) Tj ", 300_000), b"ET"),
        ((b"q ", 1_000_000),),
    )
    start, end = b"<w:document %b><w:body>" % _W, b"</w:body></w:document>"
    paragraph = b"<w:p><w:r><w:t>%b</w:t></w:r></w:p>"
    bodies: tuple[tuple[Part, ...], ...] = (
        (_DTD, start, paragraph % b"&k;"), (_FILE, start, paragraph % b"&k;"),
        (start, (b"<w:tbl><w:tr><w:tc>", 3_000)), (start, (b"<w:sdt>", 200_000)),
        (start, (paragraph % LINE, 100_000)), (start, (b"<w:p/>", 900_000)),
        (start, (b" ", 90_000_000)), (start, b"<w:p><w:r><w:t>", (b"a", 20_000_000)),
        (start, b"<w:p><w:r>", (b"<w:br/>", 500_000)),
    )  # fmt: skip
    names = ("../evil.xml", "/etc/evil.xml", "C:\\evil.xml", "a\\..\\..\\b.xml", "word/a.zip")
    return [
        *(lambda data=data: ("a.pdf", pdf([LINES], zlib.compress(_joined(*data), 1)))
          for data in drawings),
        lambda: ("a.pdf", pdf([LINES], zlib.compress(zlib.compress(bytes(200_000_000), 1), 1))),
        lambda: ("a.pdf", pdf([LINES] * 2_000)),
        lambda: ("a.pdf", pdf([[" ".join(LINES) * 40]] * 200)),
        _made("a.pdf", b"%PDF-1.7\n1 0 obj\n", (b"[", 500_000)),
        _made("a.pdf", b"%PDF-1.7\n1 0 obj\n", (b"<<", 500_000), (b">>", 500_000)),
        _made("a.pdf", b"%PDF-1.7\n",
              (b"1 0 obj << /Kids [1 0 R] /Type /Pages >> endobj\n", 20_000)),
        *(lambda body=body: ("a.docx", _word({"word/document.xml": _joined(*body, end)}))
          for body in bodies),
        *(lambda name=name: ("a.docx", _word({name: b"<x/>"})) for name in names),
        lambda: ("a.docx", _word({"word/styles.xml": b"<a>" * 900_000})),
        lambda: ("a.docx", _word({"docProps/core.xml": _DTD + b"<a>&k;</a>"})),
        lambda: ("a.docx", _word({f"word/{n}.xml": b"" for n in range(6_000)})),
        lambda: ("a.docx", zipped({"a.docx": docx()})),
    ]  # fmt: skip


def _word(parts: Mapping[str, bytes]) -> bytes:
    """Return a Word document with these parts in it or in place of its own."""
    with zipfile.ZipFile(io.BytesIO(docx())) as given:
        return zipped({**{name: given.read(name) for name in given.namelist()}, **parts})


def _mails() -> list[Made]:
    head = b"Subject: x\nFrom: a@b.example\n"
    many = b"Content-Type: multipart/mixed; boundary=b\n\n"
    slow = pdf([["a"]], zlib.compress(b"BT " + b"(x) Tj " * 300_000 + b"ET"))
    part = b"--b\nContent-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: base64\n\n"
    nested = (
        b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(10_000)
    )
    return [
        _made("a.eml", head, b"Content-Type: text/plain", (b";", 900_000), b"\n\n", LINE),
        _made("a.eml", head, b"Content-Type: text/plain; a=", (b'";', 14_000), b"\n\n", LINE),
        _made("a.eml", head, *(b"Content-Type: a/b; name*%d*=a\n" % n for n in range(9_000))),
        _made("a.eml", (b"Content-Type: message/rfc822\n\n", 30_000), LINE),
        _made("a.eml", (b"Content-Type: message/rfc822\n\n", 300), (b"a\n", 20_000)),
        _made("a.eml", *nested, LINE),
        _made("a.eml", b"Subject: ", (b"=?utf-8?q?a?= ", 60_000), b"\n\n", LINE),
        _made("a.eml", b"From: ", (b'(<"@,', 150_000), b"\n\n", LINE),
        _made("a.eml", (b"a: b\n", 60_000), b"\n", LINE),
        _made("a.eml", head, many, (b"--b\n\na\n", 40_000)),
        _made("a.eml", head, many, (part + encodebytes(slow), 60), b"--b--\n"),
        _made("a.eml", head, b"Content-Type: x/\xff\0\nContent-Disposition: attachment\n\n", LINE),
        _made("a.eml", head, b"Content-Disposition: attachment; filename=a\0b.zip\n\n", LINE),
        _made("a.eml", head, b"Content-Transfer-Encoding: base64\n\n", (b"====", 900_000)),
        _made("a.eml", head, b"Content-Type: text/plain; format=flowed\n\n", (b"> \n", 300_000)),
        _made("a.mbox", (b"From a@b 10:15:00 2024\n\n", 4_000)),
        _made("a.mbox", b"From a@b 10:15:00 2024\n", (b">", 20_000_000), b"From "),
        _made("a.mbox", b"From ", (b"x", 30_000_000)),
    ]  # fmt: skip


def _rows() -> list[Made]:
    text = b'{"text": "the army took the town", "authors": '
    front = b"---\na: &a [x,x,x,x,x,x,x,x,x]\n" + b"".join(
        b"%c: &%c [%b]\n" % (98 + n, 98 + n, b",".join([b"*%c" % (97 + n)] * 9)) for n in range(9)
    )
    odd = b'{"text": "\\ud800 a\\u0000b", "%b": ["\\ud800\\u0000"], "%b": "\\udfff\\u0000"}\n'
    names = (b"title", b"outlet", b"doc", b"url", b"language", b"published")
    return [
        _made("a.csv", b"title,text\n", (b'a"b,"\n', 150_000)),
        _made("a.csv", b'title,text\n"', (b"a\n", 120_000)),
        _made("a.csv", b"text,", (b"a,", 2_000_000), b"\n", (b"x,", 1_000_000)),
        _made("a.csv", b"text", (b",a", 900_000), b"\nx", (b",x", 900_000)),
        _made("a.csv", (b"\n", 60_000)), _made("a.csv", b"text\n", (b"\n", 60_000)),
        _made("a.csv", b"text\n", (b"a", 50_000_000)), _made("a.tsv", (b"\0", 9_000_000)),
        _made("a.csv", b"text\n", (b'"', 900_000)), _made("a.csv", b"sep=,\n", (b"sep=\n", 50_000)),
        _made("a.json", (b"[", 10_000_000)), _made("a.json", b"[1", (b",{}", 9_000), b"]"),
        _made("a.json", b'{"text": "a", "doc": ', (b"9", 4_299), b"}"),
        _made("a.json", b'{"text": "a", "doc": ', (b"9", 9_000_000), b"}"),
        _made("a.json", b'{"a":', (b'{"a":', 900_000)), _made("a.json", b'"', (b"\\", 9_000_000)),
        _made("a.jsonl", *(text + b"[" * n + b"]" * n + b"}\n" for n in range(900, 1_000, 3))),
        _made("a.jsonl", *(odd % (b"authors", name) for name in names), odd % (b"wire", b"id")),
        _made("a.jsonl", b'{"text": "a b", "published": {"day": "2024-01-01", "precision": '
              b'"minute", "clock": "\\ud800"}}'),
        _made("a.jsonl", (b"\n", 300_000)), _made("a.jsonl", (b"a", 50_000_000)),
        _made("a.jsonl", (b"[]\n", 5_000)), _made("-", (b"[", 900_000)),
        _made("-", (b"<", 900_000)),
        _made("a.md", front, b"authors: *j\npublished: *j\ntitle: *j\n---\n", LINE),
        _made("a.md", b"---\na: ", (b"[", 19_000), b"\n---\n", LINE),
        _made("a.md", b"---\na: &a [*a]\nauthors: *a\n---\n", LINE),
        _made("a.md", b"---\n", (b"? ", 9_000), b"\n---\n", LINE),
        _made("a.md", (b"---\n", 100_000)),
        *(_made("a.md", (run, 490_000 // len(run)))
          for run in (b"[a", b"**a", b"> ", b"![a](", b"_a*a`", b"\t" * 900 + b"-\n", b"<!--")),
        *(_made("a.txt", (run, 5_000_000))
          for run in (b"\xff\xe0", b"\xc3\xa9\xff", b" ", b"\x1b", b"\r")),
        _made("a.txt", b"\xff\xfe", (b"\0\xd8", 400_000)), _made("a.txt", (b"x", 480_000)),
        _made("a.yml", (b"[", 900_000)), _made("a.yml", (b"- ", 90_000)),
        _made("a.yml", (b"- a\n", 9_000)),
        _made("a.yml", b"- &a [x,x]\n", *(b"- [*a,*a]\n",)),
        _made("a.yml", b'- id: "\\0"\n  name: "\\0"'),
        _made("a.yml", b'- id: a\n  name: "\\0"\n  columns: {"\\0": "\\0"}\n  "\\0": "\\0"'),
        _made("a.yml", b"- {", *(b"a%d: b," % n for n in range(20_000)), b"}"),
        _made("a.yml", b"- !!python/object/apply:os.system [id]\n"), _made("a.yml", b"<<: *a"),
        lambda: ("a.parquet", _column("a" * 5_000_000, 300)),
        lambda: ("a.parquet", _column(str(ROW["text"]), 3_000)),
        lambda: ("a.parquet", _column("a" * 100_000, 20_000)),
        lambda: ("a.parquet", _column("a" * 1_000_000, 260, shared=False)),
        lambda: ("a.parquet", _column(None, 2_000_000)),
    ]  # fmt: skip


def _column(value: str | None, times: int, *, shared: bool = True) -> bytes:
    """Return a table whose rows share a value, stored once, or as often in one page."""
    import pyarrow as pa  # noqa: PLC0415 - few inputs need it
    import pyarrow.parquet as pq  # noqa: PLC0415

    stream = io.BytesIO()
    texts = pa.nulls(times, pa.string())
    if value is not None:
        texts = pa.DictionaryArray.from_arrays(pa.array([0] * times), pa.array([value]))
    if not shared:
        texts = texts.cast(pa.string())
    pq.write_table(
        pa.table({"text": texts}), stream, compression="zstd", use_dictionary=shared,
        data_page_size=1 << 30,
    )  # fmt: skip
    del texts
    pa.default_memory_pool().release_unused()  # else it would count as what its reader holds
    return stream.getvalue()


def _listings() -> list[Made]:
    rss = b'<rss version="2.0"><channel><title>t</title>'
    item = b"<item><title>a</title><description>"
    urls = b"<urlset><url><loc>"
    outline = b'<outline text="a" xmlUrl="http://a.example/%d" htmlUrl="http://a%d.example"/>'
    entities = (_DTD, _SQUARE, _FILE, _PARAMETER)
    packed = (b"<url>" + bytes(999_995), 200), (urls + b"a" * 999_000, 60)
    return [
        *(_made("a.rss", head, rss, item, b"&k;</description></item></channel></rss>")
          for head in entities),
        *(_made("a.xml", head, urls, b"&k;</loc></url></urlset>") for head in entities),
        *(_made("a.opml", head, b'<opml><body><outline text="&k;" xmlUrl="http://a.example"/>')
          for head in entities),
        _made("a.rss", rss, (b"<item/>", 6_000)), _made("a.rss", rss, (b"<a>", 9_000)),
        _made("a.rss", rss, (b"<", 900_000)), _made("a.rss", rss, item, (b"&a ", 200_000)),
        _made("a.rss", rss, item, (b"&lt;", 200_000)), _made("a.rss", rss, item, (b"a", 9_000_000)),
        _made("a.rss", rss, b"<item ", *(b"a%d='1' " % n for n in range(90_000)), b">"),
        _made("a.rss", (b"<!DOCTYPE ", 40_000), rss), _made("a.rss", (b"<!--", 40_000), rss),
        _made("a.rss", rss, b"<item><title>a</title><pubDate>", (b"1 Nov ", 100_000)),
        _made("a.rss", rss, b"<item><title>a</title><link>", (b"../", 300_000), b"</link></item>"),
        _made("a.rss", rss, item, b"&#0;&#xD800;</description><guid>&#xD800;&#0;</guid></item>"),
        _made("a.atom", b"<feed xmlns='http://www.w3.org/2005/Atom'><entry><content type='xhtml'>",
              (b"<div>", 9_000)),
        _made("feed.json", b'{"items": [', *(b'{"id": 1, "url": "http://a.example/%d"},' % n
              for n in range(20_000)), b"1]}"),
        _made("feed.json", b'{"items": [{"title": "x", "date_published": ', (b"[", 900),
              (b"]", 900), b"}]}"),
        _made("feed.json", b'{"items": [', (b"{},", 90_000), b"{}]}"),
        _made("feed.json", b'{"items": [{"id": "\\ud800", "title": "\\u0000", "tags": ["\\udfff"], '
              b'"authors": [{"name": "\\ud800"}], "language": "\\ud800"}], "title": "\\ud800"}'),
        _made("feed.json", b'{"items": ', (b"[", 900_000)), _made("feed.json", b'{"items": 1}'),
        _made("feed.json", b'{"items": [{"id": ', (b"9", 4_300), b"}]}"),
        _made("a.xml", b"<urlset>", (b"<url/>", 900_000)), _made("a.xml", (b"<url>", 90_000)),
        _made("a.xml", b"<urlset ", *(b"a%d='' " % n for n in range(90_000)), b">"),
        _made("a.xml", urls, (b"a", 50_000_000)),
        _made("a.xml", b"<urlset>", (b"<!---->", 900_000)),
        _made("a.xml", urls, b"http://a.example</loc>", (b"<loc>a</loc>", 90_000)),
        *(lambda run=run, n=n: ("a.xml.gz", gzip.compress(run * n, 1, mtime=0))
          for run, n in packed),
        _made("a.opml", b"<opml><body>", (b'<outline text="a">', 9_000)),
        _made("a.opml", b"<opml><body>", *(outline % (n, n) for n in range(90)), b"<outline tex"),
        _made("a.opml", b"<opml><body>", *(outline % (n, n) for n in range(9_000))),
        _made("a.opml", b"<opml><body>", *(outline % (n, 1) for n in range(9_000))),
        _made("a.opml", b"<opml><body><outline ", *(b"a%d='' " % n for n in range(90_000)),
              b'xmlUrl="http://a.example"/>'),
    ]  # fmt: skip


def _archives() -> list[Made]:
    head = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: %b\r\n\r\n"
    sizes = (b"-5", b"99999999999999999999999", b"999999999", b"19999999", b"x", b"")
    page = _OPEN * 40
    return [
        *(_made("a.warc", (head % size + b"x\r\n\r\n", 1_000)) for size in sizes),
        _made("a.warc", (b"\nWARC/1", 30_000)), _made("a.warc", (b"WARC/1.0\r\nA: b\r\n", 5_000)),
        _made("a.warc", head % b"9", (b"x", 30_000_000)),
        _made("a.warc", (b"\x1f\x8b\x08", 100_000)),
        _made("a.warc", b"WARC/1.0\r\nWARC-Type: response\r\nX: ", (b"x", 20_000_000)),
        lambda: ("a.warc.gz", gzip.compress(b"WARC/", mtime=0) * 10_000),
        lambda: ("a.warc.gz", gzip.compress(head % b"19999999", mtime=0) * 3_000),
        lambda: ("a.warc.gz", gzip.compress(head % b"3000000000" + bytes(100_000_000), 1, mtime=0)),
        lambda: ("a.warc.gz", gzip.compress(gzip.compress(head % b"9" + page, mtime=0), mtime=0)),
        lambda: ("a.warc.gz", gzip.compress(warc(packed=False), mtime=0) + b"\x1f\x8b\x08" * 1_000),
        *(lambda name=name: ("a.warc", warc(packed=False, bodies=[_swollen()] * 3, head=name))
          for name in ("Content-Encoding: gzip\r\n", "Content-Encoding: br\r\n",
                       "Content-Encoding: gzip, gzip, gzip\r\n", "Transfer-Encoding: chunked\r\n")),
        *(lambda body=body: ("a.warc", warc(
            packed=True, bodies=[body], head="Transfer-Encoding: chunked\r\n"))
          for body in (b"f" * 900_000, b"ffffffffffffffff\r\n" + page, b"-1\r\n" + page,
                       b"1\r\na\r\n" * 300_000)),
        lambda: ("a.warc", warc(packed=False, bodies=[page], head="A: b\r\n" * 50_000)),
    ]  # fmt: skip


def _swollen() -> bytes:
    """Return a page that is small until it is unpacked."""
    return gzip.compress(_OPEN * 40 + bytes(30_000_000), 1, mtime=0)
