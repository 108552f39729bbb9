"""The cue lexicon: which words carry which kind of act, under which conditions, and where their sides stand.

Read from ``data/cues/*.yaml`` (one file a kind), ``data/frames.yaml`` and ``data/classes.yaml``; how to write an entry
is explained at the top of ``data/frames.yaml``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from rejoinder.codebook import codebook as codes
from rejoinder.datafiles import read_yaml
from rejoinder.errors import DataError

__all__ = ["ANY", "PARTY", "Cue", "Frame", "Lexicon", "Test", "load_lexicon", "read_lexicon"]

PARTS_OF_SPEECH = {"verb": "V", "noun": "N", "adjective": "J", "adverb": "R", "modal": "M", "word": "X"}
ANY = "any"
PARTY = "party"
FLAGS = ("negated", "passive", "quoted", "first_person", "planned", "infinitive", "attributive")


@dataclass(frozen=True, slots=True)
class Test:
    """A condition on a cue's surroundings: the words in ``relation`` to it are (not) among ``words``.

    ``words`` may hold ``any`` (some word stands there) and ``party`` (a party stands there). For the flags
    (negated, passive, ...) ``words`` is empty and ``wanted`` says which way.
    """

    relation: str
    words: frozenset[str]
    wanted: bool = True


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the sides stand: slots tried in order. See ``data/frames.yaml`` for what each slot means."""

    name: str
    actor: tuple[str, ...]
    target: tuple[str, ...]
    mutual: bool = False


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that carries a kind. ``id`` names it for ``rejoinder why``: "REJECT/turn.verb+particle"."""

    id: str
    word: str
    pos: str
    kind: str
    frame: Frame
    alt_kind: str | None = None
    tests: tuple[Test, ...] = ()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All cues by (word, part of speech), most specific first. The kind NONE marks readings that carry no act."""

    cues: Mapping[tuple[str, str], tuple[Cue, ...]]
    classes: Mapping[str, frozenset[str]]
    frames: Mapping[str, Frame] = field(default_factory=dict)

    def at(self, word: str, pos: str) -> tuple[Cue, ...]:
        """The cues of ``word`` as ``pos`` (V, N, J, R, M, X)."""
        return self.cues.get((word, pos), ())

    def unlisted(self, word: str, pos: str, kind: str) -> Cue:
        """A cue for a word that no file lists under ``kind``: the frame is the one its part of speech would get."""
        name = next((name for name, letter in PARTS_OF_SPEECH.items() if letter == pos), "word")
        frame = self.frames.get(f"{kind}.{name}") or self.frames.get(f"default.{name}") or Frame(name, ("subject",), ())
        return Cue(f"{kind}/{word}.{name}?", word, pos, kind, frame)


Raw = Mapping[str, object]


def _strings(value: object, where: str) -> tuple[str, ...]:
    if isinstance(value, bool) or value is None:
        raise DataError(f"{where}: expected words, found {value!r}.")
    if isinstance(value, str):
        return tuple(value.split())
    if isinstance(value, list) and all(isinstance(word, str) for word in value):
        return tuple(value)
    raise DataError(f"{where}: expected words, found {value!r}.")


def _expand(words: Iterable[str], classes: Mapping[str, frozenset[str]], where: str) -> frozenset[str]:
    """Replace @CLASS by its words; an underscore stands for a space inside a word."""
    found: set[str] = set()
    for word in words:
        if word.startswith("@"):
            if word[1:] not in classes:
                raise DataError(f"{where}: no class {word} in classes.yaml.")
            found |= classes[word[1:]]
        else:
            found.add(word.replace("_", " "))
    return frozenset(found)


def _tests(entry: Raw, classes: Mapping[str, frozenset[str]], where: str) -> tuple[Test, ...]:
    tests: list[Test] = []
    for key, wanted in (("if", True), ("unless", False)):
        block = entry.get(key, {})
        if not isinstance(block, dict):
            raise DataError(f"{where}: {key!r} must hold relations and words.")
        for relation, value in block.items():
            if relation in FLAGS:
                if not isinstance(value, bool):
                    raise DataError(f"{where}: {relation} is true or false, not {value!r}.")
                tests.append(Test(relation, frozenset(), value is wanted))
            else:
                words = _expand(_strings(value, where), classes, where)
                if not words:
                    raise DataError(f"{where}: {relation!r} names no words; `any` stands for some word.")
                tests.append(Test(str(relation), words, wanted))
    return tuple(tests)


ALLOWED = {"words", "pos", "frame", "if", "unless", "alt", "kind"}


def _cues(name: str, raw: Raw, frames: Mapping[str, Frame], classes: Mapping[str, frozenset[str]]) -> Iterable[Cue]:
    entries = raw.get("cues")
    if not isinstance(entries, list):
        raise DataError(f"{name}: 'cues' must be a list.")
    for number, entry in enumerate(entries, 1):
        where = f"{name}, cue {number}"
        if not isinstance(entry, dict) or set(entry) - ALLOWED or not {"words", "pos"} <= set(entry):
            raise DataError(f"{where}: an entry has words, pos and optionally {sorted(ALLOWED - {'words', 'pos'})}.")
        kind = entry.get("kind", raw.get("kind"))
        unknown = [one for one in (kind, entry.get("alt", kind)) if one not in (*codes().kinds, "NONE")]
        if unknown:
            raise DataError(f"{where}: {unknown[0]!r} is no kind of the codebook, nor NONE.")
        pos = str(entry["pos"])
        frame_name = entry.get("frame") or f"{kind}.{pos}"
        frame = frames.get(str(frame_name)) or frames.get(f"default.{pos}")
        if pos not in PARTS_OF_SPEECH or frame is None or ("frame" in entry and str(entry["frame"]) not in frames):
            raise DataError(f"{where}: unknown pos {pos!r} or frame {frame_name!r}.")
        tests = _tests(entry, classes, where)
        suffix = "".join(f"+{test.relation}" for test in tests)
        words = _expand(_strings(entry["words"], where), classes, where)
        if not words:
            raise DataError(f"{where}: 'words' is empty.")
        for word in sorted(words):
            yield Cue(
                id=f"{kind}/{word}.{pos}{suffix}",
                word=word,
                pos=PARTS_OF_SPEECH[pos],
                kind=str(kind),
                frame=frame,
                alt_kind=str(entry["alt"]) if "alt" in entry else None,
                tests=tests,
            )


def _frames(raw: Raw) -> dict[str, Frame]:
    frames = {}
    for name, value in raw.items():
        if not isinstance(value, dict):
            raise DataError(f"frames.yaml, {name}: a frame has actor and target slots.")
        frames[name] = Frame(
            name=name,
            actor=_strings(value.get("actor", ""), f"frames.yaml, {name}"),
            target=_strings(value.get("target", ""), f"frames.yaml, {name}"),
            mutual=bool(value.get("mutual", False)),
        )
    return frames


def _demands(cue: Cue) -> tuple[int, bool]:
    """Sorts the most specific cue first; among equals, the one that says there is no act."""
    return -len(cue.tests), cue.kind != "NONE"


@cache
def load_lexicon() -> Lexicon:
    """The lexicon of the package's own cue files. Raises :class:`DataError` where one is malformed."""
    return read_lexicon(files("rejoinder.acts").joinpath("data"))


def read_lexicon(folder: Traversable) -> Lexicon:
    """Read and check ``classes.yaml``, ``frames.yaml`` and ``cues/*.yaml`` of ``folder``.

    Raises :class:`DataError` naming the file and entry at fault.
    """
    classes: dict[str, frozenset[str]] = {}
    for name, value in read_yaml(folder.joinpath("classes.yaml")).items():
        classes[name] = _expand(_strings(value, f"classes.yaml, {name}"), classes, f"classes.yaml, {name}")
    frames = _frames(read_yaml(folder.joinpath("frames.yaml")))
    table: dict[tuple[str, str], list[Cue]] = {}
    for path in sorted(folder.joinpath("cues").iterdir(), key=lambda item: item.name):
        if path.name.endswith(".yaml"):
            for cue in _cues(path.name, read_yaml(path), frames, classes):
                table.setdefault((cue.word, cue.pos), []).append(cue)
    ordered = {key: tuple(sorted(cues, key=_demands)) for key, cues in table.items()}
    return Lexicon(ordered, classes, frames)
