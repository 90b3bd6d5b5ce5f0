"""Words and sentences: every class of news text that the segmenter promises to handle."""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import tocsin
from tocsin.language.segment import sentences, words


def split(text: str) -> list[str]:
    """The sentences of a text as strings."""
    return [text[start:end] for start, end in sentences(text)]


def tokens(text: str) -> str:
    """The words of a text, with a space between any two."""
    return " ".join(text[start:end] for start, end in words(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The talks failed, he said.", "The talks failed , he said ."),
        ("(No deal!)", "( No deal ! )"),
        ("“We will not,” she said", "“ We will not , ” she said"),
        ("the army—what is left of it—fled", "the army — what is left of it — fled"),
        ("the men -- all armed -- left", "the men -- all armed -- left"),
        ("Why?! No... wait…", "Why ?! No ... wait …"),
        ("and/or, he/she", "and / or , he / she"),
        ("[...]", "[ ... ]"),
    ],
)
def test_punctuation_stands_alone(text: str, expected: str) -> None:
    """A punctuation mark, or a run of one, is a word of its own."""
    assert tokens(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("don't", "do n't"),
        ("can’t", "ca n’t"),
        ("WON'T", "WO N'T"),
        ("cannot", "can not"),
        ("gonna", "gon na"),
        ("they dont, youre, thats", "they do nt , you re , that s"),
        ("she's", "she 's"),
        ("we'll they've you're I'd I'm", "we 'll they 've you 're I 'd I 'm"),
        ("I'd've", "I 'd 've"),
        ("the ministers' offices", "the ministers ' offices"),
        ("Mali’s", "Mali ’s"),
        ("the U.N.'s envoy", "the U.N. 's envoy"),
        ("in 2003's heat", "in 2003 's heat"),
    ],
)
def test_clitics_are_split_off(text: str, expected: str) -> None:
    """A clitic is a word of its own, as are the parts of cannot."""
    assert tokens(text) == expected


@pytest.mark.parametrize("name", ["O'Hara", "Sana'a", "Ba’ath", "d'Orsay", "Shi'ite", "o'clock"])
def test_an_apostrophe_inside_a_name_splits_nothing(name: str) -> None:
    """An apostrophe that opens no clitic belongs to its word."""
    assert tokens(name) == name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a rebel-held town", "a rebel - held town"),
        ("Abdul al-Masri", "Abdul al - Masri"),
        ("a 14-year-old", "a 14 - year - old"),
        ("an AK-47", "an AK - 47"),
        ("UN-backed", "UN - backed"),
        ("out-of-date", "out - of - date"),
        ("pro-government", "pro-government"),
        ("Anti-Corruption", "Anti-Corruption"),
        ("mid-March e-mail", "mid-March e-mail"),
        ("CO-FOUNDER", "CO-FOUNDER"),
    ],
)
def test_hyphens_split_compounds_but_not_prefixes(text: str, expected: str) -> None:
    """The parts of a compound are words; a prefix stays with its word."""
    assert tokens(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.5 1,250,000 3rd 1980s 90's", "1.5 1,250,000 3rd 1980s 90's"),
        ("at 6:30 on 12/05/2016", "at 6:30 on 12/05/2016"),
        ("on 2016-05-12 after 9/11", "on 2016-05-12 after 9/11"),
        ("$10bn, €5m, US$3", "$ 10 bn , € 5 m , US$ 3"),
        ("£2.5 and 45%", "£ 2.5 and 45 %"),
        ("20km by 5pm", "20 km by 5 pm"),
        ("2014-2016", "2014 - 2016"),
        ("call 555-0142", "call 555-0142"),
        ("24/7", "24 / 7"),
        ("1km² at 30°C", "1 km ² at 30 ° C"),
        ("No. 5 and Art. V", "No. 5 and Art. V"),
        ("he said no.", "he said no ."),
    ],
)
def test_numbers_stay_whole_and_shed_their_signs(text: str, expected: str) -> None:
    """A number is one word; currency, per cent signs and units are words beside it."""
    assert tokens(text) == expected


@pytest.mark.parametrize(
    "word",
    [
        *("U.S.", "U.N.", "Mr.", "Gen.", "Oct.", "p.m.", "Inc.", "e.g.", "Ph.D.", "J.", "D.C."),
        *("press@example.org", "https://example.org/a?b=1", "www.example.org", "Example.com"),
        *("#Marib", "@desk_ye", "R&D", "AT&T"),
    ],
)
def test_abbreviations_and_addresses_are_one_word(word: str) -> None:
    """An abbreviation keeps its stop; an address, a tag and a mention are never split."""
    assert tokens(f"see {word} there") == f"see {word} there"


def test_the_stop_after_an_address_is_no_part_of_it() -> None:
    """A full stop that ends the sentence is split from the address before it."""
    assert tokens("See https://example.org/a. Or ask b@c.org.").split()[1:3] == [
        "https://example.org/a",
        ".",
    ]


def test_words_of_a_part_are_offsets_into_the_whole() -> None:
    """Start and end choose a part of the text; the spans count from the text's beginning."""
    text = "One two. Three can't."
    assert words(text, 9, 21) == [(9, 14), (15, 17), (17, 20), (20, 21)]
    assert words(text, 0, 3) == [(0, 3)]
    assert words(text, 3, 4) == []


@pytest.mark.parametrize(
    "text",
    [
        "Gen. Haroun and Mr. Smith met Dr. Adeyemi on Oct. 3.",
        "The U.S. Army and the U.N. Security Council agreed.",
        "Maria J. Lopez and R.K. Narayan spoke at 5 p.m. Monday.",
        "They meet at 5 p.m. Damascus time.",
        "The toll rose by 2.5 to 1.250 in No. 10 Street.",
        "KHARTOUM (Reuters) - Talks resumed.",
        "KHARTOUM, Nov. 3 (AP) — Talks resumed.",
        "AUSTIN, Tex. (AP) - The governor resigned.",
        "MIAMI, Fla. — The governor resigned.",
        "He came; they left; nobody spoke.",
        "He waited ... and left.",
        "“Will it hold?” he asked.",
        "“Will it hold?” Mr Okoro asked.",
        "“Stop!” the guard shouted.",
        "Acme Inc. chief Jane Roe resigned.",
        "GEN. HAROUN MET MR. SMITH ON NOV. 3.",
        "The plan (see p. 3) failed.",
        "Yahoo! said so.",
        "The general (b. March 1950) resigned.",
    ],
)
def test_a_stop_inside_a_sentence_does_not_end_it(text: str) -> None:
    """Abbreviations, initials, numbers, datelines, ellipses and reported questions go on."""
    assert split(text) == [text]


@pytest.mark.parametrize(
    "parts",
    [
        ("He left.", "She stayed."),
        ("Who fired?", "Nobody knows!", "Talks go on."),
        ("He works for the U.N. The envoy left.",),
        ("(He denied it.)", "She agreed."),
        ("“We will go.", "We will fight,” he said.", "Nobody moved."),
        ("He said: “We are ready.”", "Then he left."),
        ("It began in 2010.", "15 people died."),
        ("They paid $5.", "The rest is owed."),
        ("They met at 5 p.m. Police came later.",),
        ("“Why now?”", "The minister gave no answer."),
        ("He waited...", "Nobody came."),
        ("He said no.", "I agreed."),
        ("It failed.", "eBay left.", "https://example.org/a"),
        ("Their class was D.", "It was low."),
    ],
)
def test_a_stop_before_a_capital_ends_the_sentence(parts: tuple[str, ...]) -> None:
    """Closing quotes and brackets stay with the sentence that the stop before them ends."""
    expected = [
        piece
        for part in parts
        for piece in part.replace("U.N. The", "U.N.|The").replace("p.m. P", "p.m.|P").split("|")
    ]
    assert split(" ".join(expected)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("THE PRESIDENT SAID SO. HE LEFT.", ["THE PRESIDENT SAID SO.", "HE LEFT."]),
        ("the army left. rebels came.", ["the army left.", "rebels came."]),
        ("the army left mr. ali behind. he fled.", ["the army left mr. ali behind.", "he fled."]),
        ("The army took the city. the toll is unknown.", None),
        ("The war ended.The next began.", ["The war ended.", "The next began."]),
        ("“The war ended.”The next began.", ["“The war ended.”", "The next began."]),
        ("Booking.Com and Kevin.A@example.org agreed.", []),
    ],
)
def test_careless_case_and_spacing_are_read(text: str, expected: list[str] | None) -> None:
    """Text in capitals, in small letters or without a space after the stop is still split."""
    if expected is None:
        expected = ["The army took the city.", "the toll is unknown."]
    assert split(text) == (expected or [text])


def test_a_newline_ends_a_headline_and_a_caption() -> None:
    """A line without a full stop is a sentence of its own."""
    text = "Army takes airfield\nKHARTOUM (Reuters) - Troops came.\n\nPhoto: A. Desk\nThe end."
    assert split(text) == [
        "Army takes airfield",
        "KHARTOUM (Reuters) - Troops came.",
        "Photo: A. Desk",
        "The end.",
    ]


def test_hard_wrapped_lines_are_joined() -> None:
    """A line broken for width goes on; a blank line ends even an unfinished sentence."""
    text = (
        "The defence ministry said on Tuesday that its forces had entered the\n"
        "Northern Province, where Gen. Haroun holds three towns and a bridge.\n"
        "Nobody in the capital could confirm the report of the ministry, and a\n"
        "spokesman of the general\n\nThe talks go on."
    )
    assert [piece.split()[0] for piece in split(text)] == ["The", "Nobody", "The"]


def test_short_lines_are_not_taken_for_wrapped_ones() -> None:
    """Headlines under one another stay apart."""
    text = "Army takes the airfield near the northern capital\nUnion calls a strike\nRain expected"
    assert split(text) == text.split("\n")


def test_items_of_a_list_are_sentences() -> None:
    """Bullets and numbers open a sentence and stay with it."""
    text = "They ask for:\n- a ceasefire\n- an exchange of prisoners\n1. Talks first.\n2. Then aid."
    assert split(text) == text.split("\n")
    assert split("Read more • The rebels • The army")[1:] == ["• The rebels", "• The army"]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("قال الرئيس ذلك. وغادر الوزير؟ نعم.", 3),
        ("وزیر نے کہا۔ وہ چلا گیا۔", 2),
        ("मंत्री ने कहा। वह चला गया।", 2),
        ("他走了。她来了！为什么？", 3),
        ("Министр уехал. Он вернётся.", 2),
    ],
)
def test_other_scripts_are_split_at_their_own_stops(text: str, count: int) -> None:
    """Arabic, Urdu, Hindi, Chinese and Russian text falls into its sentences."""
    assert len(split(text)) == count


def test_vowel_marks_stay_with_their_word() -> None:
    """A word with combining marks is one word."""
    assert [len(words(word)) for word in ("سُورِيَا", "हिन्दी", "Đắk\u0323")] == [1, 1, 1]


@pytest.mark.parametrize("text", ["", " ", "\n\n\t"])
def test_white_space_has_no_sentence_and_no_word(text: str) -> None:
    """Nothing comes of nothing."""
    assert sentences(text) == []
    assert words(text) == []


ODD = st.lists(
    st.one_of(
        st.characters(),
        st.sampled_from([*".!?…\"'’”“()[]-–/@#$%&:;, \n\tABCabc0123", "U.S.", "n't", "Mr."]),
    ),
    max_size=120,
).map("".join)


def covered(text: str, spans: list[tuple[int, int]]) -> bool:
    """Whether the spans are ordered, disjoint, filled, and leave out white space alone."""
    at = 0
    for start, end in spans:
        if start < at or end <= start or text[at:start].strip():
            return False
        at = end
    return not text[at:].strip()


@given(ODD)
def test_words_cover_any_text(text: str) -> None:
    """Word spans are ordered and disjoint, hold no white space and miss no other character."""
    spans = words(text)
    assert covered(text, spans)
    assert not any(character.isspace() for a, b in spans for character in text[a:b])


@given(ODD)
def test_sentences_cover_any_text(text: str) -> None:
    """Sentence spans are ordered, disjoint and trimmed, and miss no character but white space."""
    spans = sentences(text)
    assert covered(text, spans)
    assert all(text[a:b] == text[a:b].strip() for a, b in spans)


@given(ODD)
def test_words_never_cross_a_sentence_of_their_own(text: str) -> None:
    """The words read sentence by sentence cover each sentence."""
    for start, end in sentences(text):
        inner = [(a - start, b - start) for a, b in words(text, start, end)]
        assert covered(text[start:end], inner)


@pytest.mark.parametrize(
    "unit", [".", " ", "a", "a.", "a-", "U.S. ", '."', "http://", "x\n", "a' "]
)
def test_a_long_run_takes_linear_time(unit: str) -> None:
    """Fifty thousand repeats of an awkward unit are read without retrying them."""
    text = unit * 50_000
    assert covered(text, sentences(text))
    assert covered(text, words(text))


@pytest.mark.parametrize("sign", ['"', "(", "\u0301", "\u200b", "•", "’"])
def test_a_long_run_of_a_sign_is_one_word(sign: str) -> None:
    """Ten of one sign or more are a word, as a ruled line is; nine are as many words as before."""
    text = f"He left {sign * 5_000} town"
    assert [text[a:b] for a, b in words(text)] == ["He", "left", sign * 5_000, "town"]
    assert len(words(f"He left {sign * 9} town")) > 4


def test_the_abbreviations_are_sorted_and_without_a_last_stop() -> None:
    """Each class of the lexicon is sorted, has no entry twice, and no entry ends in a stop."""
    path = resources.files("tocsin") / "data" / "lexicon" / "en" / "abbreviations.yml"
    classes = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert set(classes) == {"before_name", "before_number", "closing", "either"}
    for entries in classes.values():
        assert entries == sorted(set(entries))
        assert not any(entry.endswith(".") for entry in entries)


def test_no_pattern_repeats_a_group_possessively() -> None:
    """Before Python 3.11.5 such a repeat eats half of a repetition that fails."""
    possessive = re.compile(r"\)(?:[*+?]|\{[\d,]+\})\+")
    assert possessive.search("(?:ab)*+")
    modules = Path(str(tocsin.__file__)).parent.rglob("*.py")
    assert [m.name for m in modules if possessive.search(m.read_text("utf-8"))] == []
