"""Which language a text is in, and when it is too short to say."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from tocsin.language.identify import UNKNOWN, identify

SENTENCES = {
    "en": "The army said on Monday that it had shot down two drones over the town.",
    "es": "El ejército dijo el lunes que había derribado dos drones sobre la ciudad.",
    "fr": "L'armée a déclaré lundi avoir abattu deux drones au-dessus de la ville.",
    "ar": "قال الجيش يوم الاثنين إنه أسقط طائرتين مسيرتين فوق المدينة صباح اليوم.",
    "ru": "В понедельник армия заявила, что сбила над городом два беспилотника.",
    "zh": "军方周一表示,他们在该市上空击落了两架无人机,没有人员伤亡的报告。",
}


@pytest.mark.parametrize("code", SENTENCES)
def test_a_sentence_tells_its_language(code: str) -> None:
    """One sentence of news is enough to tell its language, with a probability."""
    found, probability = identify(SENTENCES[code])
    assert found == code
    assert 0.5 < probability <= 1.0


@pytest.mark.parametrize("code", ["en", "es", "fr", "ru"])
def test_capitals_change_nothing(code: str) -> None:
    """A text in capitals, but for a name or two, is in the same language as in small letters."""
    assert identify(SENTENCES[code].upper() + " (AFPtv)")[0] == code


@pytest.mark.parametrize("text", ["", "   ", "12.5% (2024-11-21) " * 20, "The army said so"])
def test_few_letters_tell_nothing(text: str) -> None:
    """Fewer than twenty letters, however many figures, name no language."""
    assert identify(text) == UNKNOWN


def test_threads_agree() -> None:
    """Several threads at once get the answers that one gets."""
    texts = list(SENTENCES.values()) * 3
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(identify, texts)) == [identify(text) for text in texts]
