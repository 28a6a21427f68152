"""The language of a text is told by its script or its small words, and not guessed from a name."""

from __future__ import annotations

import pytest

from kg.view.tongue import tongue


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The letter was signed by more than 300 artists, who had access to the model.", "en"),
        ("Das Unternehmen will sich zu dem Fall nicht äußern und hat den Zugang gesperrt.", "de"),
        ("L'entreprise a suspendu l'accès au modèle pour les artistes qui ont signé la lettre.", "fr"),
        ("La empresa no quiso comentar el caso y los artistas piden que se les pague.", "es"),
        ("De onderneming wil niet reageren op de brief van het collectief.", "nl"),
        ("OpenAIは動画生成モデルのアクセスを停止した。", "ja"),
        ("公司暂停了对视频模型的访问", "zh"),
        ("Компания отказалась комментировать утечку.", "ru"),
        ("Компанія відмовилася коментувати ці події.", "uk"),
        ("Η εταιρεία δεν σχολίασε το θέμα.", "el"),
    ],
)
def test_a_sentence_tells_its_language(text, expected):
    assert tongue(text) == expected


@pytest.mark.parametrize("text", ["", "OpenAI", "Sora 2.0 – 3,000", "🤖🦾"])
def test_too_little_tells_nothing(text):
    assert tongue(text) is None


def test_a_foreign_name_in_an_english_text_changes_nothing():
    assert tongue("The founder of 人工智能研究院 said that the company is in Beijing, and that it was sued.") == "en"
