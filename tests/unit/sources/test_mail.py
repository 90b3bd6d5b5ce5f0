"""Mail: messages and boxes of them, with everything that mail programs do to a text."""

from __future__ import annotations

import io
from collections.abc import Iterable
from email.message import EmailMessage

import pytest

from tocsin.records.issue import Issue
from tocsin.sources import mail
from tocsin.sources.fields import Spot
from tocsin.sources.piece import Piece

SPOT = Spot("box.mbox", "box")
TEXT = (
    "The army took the town of Nyala on Monday after three days of fighting near it, officials "
    "said. Thousands of people left their homes in the night and walked towards the border."
)


def letter(body: str = TEXT, **headers: str) -> EmailMessage:
    """A message in plain text."""
    made = EmailMessage()
    given = {
        "Subject": "Army takes town",
        "From": "Ann Lee <ann.lee@teller.example>",
        "Date": "Thu, 21 Nov 2024 10:15:00 +0100",
    } | {name.replace("_", "-"): value for name, value in headers.items()}
    for name, value in given.items():
        made[name] = value
    made.set_content(body)
    return made


def opened(data: bytes) -> tuple[list[Piece], list[Issue]]:
    """The pieces and issues of one message."""
    return split(mail.message(data, Spot("a.eml", "a")))


def split(found: Iterable[Piece | Issue]) -> tuple[list[Piece], list[Issue]]:
    """The pieces and issues of a stream."""
    items = list(found)
    return [i for i in items if isinstance(i, Piece)], [i for i in items if isinstance(i, Issue)]


def boxed(messages: Iterable[bytes], line: bytes = b"From - Thu Nov 21 10:15:00 2024") -> bytes:
    """A box of messages."""
    return b"".join(
        line + b"\n" + data.replace(b"\nFrom ", b"\n>From ") + b"\n\n" for data in messages
    )


def test_a_person_writes() -> None:
    """Subject, sender and date become title, author and day; the text has its title."""
    data = letter().as_bytes()
    (piece,), issues = opened(data)
    assert issues == []
    assert piece.row["title"] == "Army takes town"
    assert str(piece.row["text"]).split() == f"Army takes town {TEXT}".split()
    assert (piece.row["authors"], piece.row["outlet"]) == (["Ann Lee"], None)
    assert piece.row["published"] == "2024-11-21T10:15:00+01:00"
    assert (piece.form, piece.raw, piece.offset) == ("mail", data, None)


@pytest.mark.parametrize(
    ("headers", "outlet"),
    [
        ({"From": "The Teller <newsletter@teller.example>"}, "The Teller"),
        ({"From": "no-reply@teller.example"}, "teller.example"),
        ({"List_Unsubscribe": "<mailto:x@teller.example>"}, "Ann Lee"),
    ],
)
def test_an_outlet_writes(headers: dict[str, str], outlet: str) -> None:
    """Newsletters are from their outlet, and from no author."""
    (piece,), _ = opened(letter(**headers).as_bytes())
    assert (piece.row["outlet"], piece.row["authors"]) == (outlet, [])


def test_plain_text_comes_before_pages() -> None:
    """Of two bodies the plain one is taken, and the page where the plain one only points at it."""
    page = f"<html><body><h1>Other</h1><p>In the page: {TEXT}</p></body></html>"
    message = letter()
    message.add_alternative(page, subtype="html")
    (piece,), _ = opened(message.as_bytes())
    assert "In the page" not in str(piece.row["text"])
    message = letter("View this mail in your browser: https://teller.example/1")
    message.add_alternative(page, subtype="html")
    (piece,), _ = opened(message.as_bytes())
    assert "In the page" in str(piece.row["text"])


def test_a_page_laid_out_by_tables_is_read() -> None:
    """A newsletter in tables within tables gives its text, without what is hidden."""
    message = EmailMessage()
    message["Subject"] = "News"
    message.set_content(
        "<html><body><table><tr><td style='display:none'>Executed by bombs today, hidden words."
        f"</td></tr><tr><td><table><tr><td><p>{TEXT}</p><p>{TEXT}</p></td></tr></table></td></tr>"
        "</table></body></html>",
        subtype="html",
    )
    (piece,), _ = opened(message.as_bytes())
    assert TEXT in str(piece.row["text"])
    assert "Executed" not in str(piece.row["text"])


def test_headers_in_encoded_words() -> None:
    """Words in other alphabets are read; broken ones stay as they were sent."""
    raw = letter().as_bytes()
    told = raw.replace(b"Subject: Army takes town", b"Subject: =?utf-8?b?0JDRgNC80LjRjw==?=")
    assert opened(told)[0][0].row["title"] == "Армия"
    odd = raw.replace(b"Subject: Army takes town", b"Subject: =?nonsense?q?Army?= =?utf-8?b?x?=")
    assert "Army" in str(opened(odd)[0][0].row["title"])


@pytest.mark.parametrize(
    ("charset", "written"),
    [("windows-1251", "windows-1251"), ("iso-8859-1", "utf-8"), ("nonsense", "utf-8")],
)
def test_charsets(charset: str, written: str) -> None:
    """A text is read in the charset that it says, unless its bytes show that it is wrong."""
    body = "Армия взяла город в понедельник" if written == "windows-1251" else "L'armée a pris"
    head = f"Subject: x\nContent-Type: text/plain; charset={charset}\n\n".encode()
    (piece,), _ = opened(head + body.encode(written))
    assert body in str(piece.row["text"])


def test_soft_line_ends_are_mended() -> None:
    """Lines of `format=flowed` are one, those of a signature are not."""
    head = "Subject: x\nContent-Type: text/plain; charset=utf-8; format=flowed\n\n"
    (piece,), _ = opened(f"{head}The army \ntook the \ntown.\nIt left.\n-- \nAnn".encode())
    assert str(piece.row["text"]).endswith("The army took the town.\nIt left.\n-- \nAnn")


def test_attachments() -> None:
    """Texts and pages that are attached are articles of their own; others are named."""
    message = letter()
    message.add_attachment(f"Attached town\n\n{TEXT}", filename="a.txt")
    message.add_attachment(f"<p>{TEXT}</p><p>{TEXT}</p>", subtype="html", filename="b.html")
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="c.png")
    message.add_attachment(b"no pdf", maintype="application", subtype="pdf", filename="d.pdf")
    pieces, issues = opened(message.as_bytes())
    assert [(piece.form, piece.spot.place) for piece in pieces] == [
        ("mail", None), ("text", "attachment 1"), ("html", "attachment 2"),
    ]  # fmt: skip
    assert pieces[1].row["published"] == "2024-11-21T10:15:00+01:00"
    assert pieces[1].raw == f"Attached town\n\n{TEXT}\n".encode()
    assert [(issue.code, issue.place) for issue in issues] == [
        ("no-document", "attachment 4"), ("attachment", None),
    ]  # fmt: skip
    assert "`c.png` (image/png)" in issues[1].message


def test_messages_within_messages() -> None:
    """A message that is passed on whole is an article of its own."""
    outer = letter("See the message that I attach, which is the one I spoke of.")
    outer.add_attachment(letter(Subject="Inner"))
    pieces, issues = opened(outer.as_bytes())
    assert [piece.row["title"] for piece in pieces] == ["Army takes town", "Inner"]
    assert issues == []


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        (b"", ["no-text"]),
        (b"Subject: x\n\n", ["no-text"]),
        (b"Subject: x\nContent-Type: image/png\n\nxx", ["no-text"]),
        (b"Subject: x\nContent-Type: text/html\n\n<p>x</p>", ["no-article"]),
        (b"Subject: x\nContent-Type: multipart/mixed\n\nno parts", []),
        (b"Content-Type: multipart/mixed; boundary=x\n\n--x\n\nIt took the town", []),
        (b"Content-Transfer-Encoding: base64\n\n!!!!", None),
        (b"\xff\xfe\x00\x01" * 50, None),
    ],
)
def test_broken_mail(data: bytes, codes: list[str] | None) -> None:
    """Whatever is broken, there is an article or an issue that says what."""
    pieces, issues = opened(data)
    assert pieces or issues
    if codes is not None:
        assert [issue.code for issue in issues if issue.severity == "error"] == codes


def test_bombs_of_parts() -> None:
    """Parts without end, side by side or in each other, are bounded and said."""
    flat = b"Content-Type: multipart/mixed; boundary=x\n\n" + b"--x\n\nIt took the town\n" * 5000
    pieces, issues = opened(flat)
    assert len(pieces) == 1
    assert [issue.code for issue in issues] == ["too-many-parts"]
    deep = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3000)
    )
    pieces, issues = opened(deep + b"\nIt took the town")
    assert not pieces
    assert {issue.code for issue in issues} <= {"bad-mail", "too-many-parts", "no-text"}
    assert issues


def test_a_box_with_places_in_bytes() -> None:
    """Each message of a box has its offset and length, and its bytes are those in the box."""
    messages = [letter(f"{TEXT}\n\nFrom then on {n} roads were open.").as_bytes() for n in range(3)]
    data = boxed(messages)
    pieces, issues = split(mail.box(io.BytesIO(data), SPOT))
    assert issues == []
    assert [piece.spot.place for piece in pieces] == ["message 1", "message 2", "message 3"]
    for piece in pieces:
        assert piece.offset is not None
        assert piece.length is not None
        assert data[piece.offset : piece.offset + piece.length] == piece.raw
        assert "\nFrom then on" in str(piece.row["text"])
    assert sum(piece.length or 0 for piece in pieces) == len(data)


def test_a_line_of_text_opens_no_message() -> None:
    """Sloppy boxes leave `From ` in texts; only a line with a time opens a message."""
    message = letter().as_bytes() + b"\n\nFrom Damascus the army went north.\n"
    data = b"From a@b.example Thu Nov 21 10:15:00 2024\n" + message
    (piece,), _ = split(mail.box(io.BytesIO(data * 1), SPOT))
    assert "From Damascus" in str(piece.row["text"])


def test_boxes_without_times() -> None:
    """A box whose lines have no times is read by its lines alone."""
    data = boxed([letter(f"{TEXT} {n}").as_bytes() for n in range(3)], b"From nobody")
    assert len(split(mail.box(io.BytesIO(data), SPOT))[0]) == 3


def test_a_message_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """A message over the limit is an issue, and the next is read from its right place."""
    monkeypatch.setattr(mail, "LARGEST", 2000)
    data = boxed([letter("word " * 900).as_bytes(), letter().as_bytes()])
    (piece,), (issue,) = split(mail.box(io.BytesIO(data), SPOT))
    assert (issue.code, issue.place) == ("too-large", "message 1")
    assert piece.offset is not None
    assert data[piece.offset :] == piece.raw


@pytest.mark.parametrize("data", [b"", b"no box", b"\n\n\n"])
def test_what_is_no_box(data: bytes) -> None:
    """A file without a message says so."""
    _, issues = split(mail.box(io.BytesIO(data), SPOT))
    assert [issue.code for issue in issues] == ["empty-file"]
