"""Reading YAML data: ``on``, ``no`` and ``off`` are words, and what is malformed is named."""

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
import yaml

from rejoinder.datafiles import read_yaml
from rejoinder.errors import DataError

SHIPPED = sorted(Path(str(files("rejoinder"))).rglob("*.yaml"))


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "words.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.mark.parametrize("word", ["on", "On", "no", "NO", "off", "yes", "Yes", "y", "n"])
def test_words_that_yaml_takes_for_truth_values(tmp_path: Path, word: str) -> None:
    raw = read_yaml(written(tmp_path, f"{word}: [{word}, with {word}]\n"))
    assert raw == {word: [word, f"with {word}"]}


@pytest.mark.parametrize(("word", "value"), [("true", True), ("True", True), ("false", False), ("FALSE", False)])
def test_truth_values(tmp_path: Path, word: str, value: bool) -> None:
    assert read_yaml(written(tmp_path, f"mutual: {word}"))["mutual"] is value


@pytest.mark.parametrize("word", ["truth", "fall", "talk", "from", "to"])
def test_words_with_a_truth_value_s_first_letter(tmp_path: Path, word: str) -> None:
    assert read_yaml(written(tmp_path, f"{word}: {word}")) == {word: word}


@pytest.mark.parametrize(
    "text", ["a: [1", "a: b: c", b"a: \xff\xfe\xfa", "- a\n- b\n", "", "words", "a: !!python/name:os.system"]
)
def test_what_is_no_mapping_is_refused_by_name(tmp_path: Path, text: str | bytes) -> None:
    with pytest.raises(DataError, match=r"words\.yaml"):
        read_yaml(written(tmp_path, text))


def repeated(node: yaml.Node, where: str) -> Iterator[str]:
    """Keys that stand twice in one mapping: YAML would keep the last one only, and say nothing."""
    if isinstance(node, yaml.MappingNode):
        keys = [key.value for key, _ in node.value]
        yield from (
            f"{where}, line {key.start_mark.line + 1}: {key.value}"
            for key, _ in node.value
            if keys.count(key.value) > 1
        )
        for _, value in node.value:
            yield from repeated(value, where)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from repeated(value, where)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_no_key_of_a_shipped_file_stands_twice(path: Path) -> None:
    node = yaml.compose(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    assert node is not None
    assert not list(repeated(node, path.name))
