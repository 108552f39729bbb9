"""Texts in encodings before Unicode."""

import contextlib
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.errors import InputError
from rejoinder.read.legacy import codec_of, text_of

ENGLISH = "Seoul’s ministry “regrets” the launch — a spokesman in São Paulo told Agence France-Presse on Friday.\n"
KOREAN = "남한은 월요일 북한에 이산가족 상봉을 위한 적십자 회담을 제의했다. 북한은 아직 답하지 않았다.\n" * 3
RUSSIAN = "Северная Корея предложила Югу переговоры о воссоединении разделённых семей в понедельник.\n" * 3
MIXED = "North Korea's leader Kim Jong Un (김정은) offered talks on Monday, the news agency said, and Seoul agreed.\n"


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        *((ENGLISH, "cp1252"), ("Pyongyang offered Séoul talks on Friday.", "latin-1"), (KOREAN, "cp949")),
        *((RUSSIAN, "koi8_r"), (RUSSIAN, "cp1251"), (ENGLISH, "utf-16"), (ENGLISH, "utf-8-sig")),
    ],
)
def test_what_is_beyond_doubt_is_read(text: str, codec: str) -> None:
    assert text_of(text.encode(codec)) == text
    file = io.BytesIO(text.encode(codec))
    assert file.read().decode(codec_of(io.BytesIO(text.encode(codec)))) == text


@pytest.mark.parametrize(
    "data",
    [
        "Zoë".encode("cp1252"),
        ENGLISH.encode("mac_roman"),
        MIXED.encode("cp949"),
        ENGLISH.encode() + b"\xff" + ENGLISH.encode(),
        "Łódź was named by the ministry on Friday as the place of the talks.".encode("cp1250"),
        bytes(range(128, 256)) * 4,
    ],
)
def test_what_is_in_doubt_is_refused(data: bytes) -> None:
    with pytest.raises(InputError, match="UTF-8"):
        text_of(data)
    with pytest.raises(InputError, match="UTF-8"):
        codec_of(io.BytesIO(data))


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with contextlib.suppress(InputError):
        assert isinstance(text_of(data), str)
