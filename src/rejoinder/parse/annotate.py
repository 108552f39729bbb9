"""From words to tags and syntax: by the parser's arithmetic of ours where we know its layers, else by spaCy's."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, cast

import numpy as np
import numpy.typing as npt

from rejoinder.parse.encoder import Embed, Encoder, Layer, Model, Rows, Sums, WordTable, steady_step, weights_of
from rejoinder.parse.greedy import PIECES, Greedy, Transitions

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.pipeline.trainable_pipe import TrainablePipe
    from spacy.tokens import Doc

__all__ = ["Annotator", "Steady", "Unsteady", "annotator"]

Array = npt.NDArray[np.float32]


class Annotator(Protocol):
    """Gives the words of texts their tags and heads. ``steady``: whatever texts are given together."""

    @property
    def steady(self) -> bool:
        """Whether a text comes out the same to the last bit whatever is annotated with it."""
        ...

    def __call__(self, texts: Sequence[str]) -> "list[Doc]":
        """The texts, annotated."""
        ...


@dataclass(frozen=True, slots=True)
class Unsteady:
    """Any spaCy pipeline, as it is."""

    nlp: "Language"
    steady: bool = False

    def __call__(self, texts: Sequence[str]) -> "list[Doc]":
        """The texts, annotated."""
        return list(self.nlp.pipe(texts, batch_size=32))


class _Batch(list["Doc"]):
    """Texts on their way through the parser, with what it weighs them by."""

    tokvecs: Array
    features: Array


@dataclass(frozen=True, slots=True)
class Steady:
    """A pipeline of one encoder, a tagger and a greedy parser, each paragraph for itself."""

    nlp: "Language"
    encoder: Encoder
    tagger: "TrainablePipe"
    parser: "TrainablePipe"
    tags: tuple[Array, Array]
    inward: tuple[Array, Array]
    lower: Model
    greedy: Greedy
    steady: bool = True

    def __call__(self, texts: Sequence[str]) -> "list[Doc]":
        """The texts, annotated."""
        docs = [self.nlp.make_doc(text) for text in texts]
        batch = _Batch(doc for doc in docs if len(doc))
        if not batch:
            return docs
        rows, vectors = self.encoder(batch)
        weights, bias = self.tags
        found = (vectors @ weights + bias)[rows.words].argmax(axis=1)
        self.tagger.set_annotations(batch, _split(found, rows))
        weights, bias = self.inward
        tokvecs = vectors @ weights + bias
        batch.tokvecs, batch.features = tokvecs[rows.words], self._features(tokvecs, rows)
        self.parser.set_annotations(batch, self.greedy(batch, batch.features))
        del batch.tokvecs, batch.features  # else they stay until rings of objects are looked for
        return docs

    def _features(self, tokvecs: Array, rows: Rows) -> Array:
        """What each word adds to a state of the parser, in each of its places; the first row is for no word."""
        padding, weights = weights_of(self.lower, "pad")[0], weights_of(self.lower, "W")
        products = tokvecs @ weights.reshape(-1, weights.shape[-1]).T
        found = np.empty((len(rows.words) + 1, padding.size), dtype=np.float32)
        found[0] = padding.reshape(-1)
        products.take(rows.words, axis=0, out=found[1:], mode="clip")  # another mode would fill a copy first
        return found.reshape(-1, *padding.shape)


def _split(found: npt.NDArray[np.int64], rows: Rows) -> list[npt.NDArray[np.int64]]:
    return np.split(found, np.cumsum(rows.counts)[:-1])


@dataclass(frozen=True, slots=True)
class _Known:
    """Stands in for the parser's lower layer: hands out what was computed for the batch."""

    lower: Model
    batch: _Batch

    def __call__(self, tokvecs: Array, is_train: bool) -> tuple[Array, None]:  # noqa: ARG002 (thinc's call)
        return self.batch.features, None

    def __getattr__(self, name: str) -> object:
        return getattr(self.lower, name)


def _step_model(model: Model, batch: _Batch, is_train: bool) -> tuple[object, Callable[[object], object]]:  # noqa: ARG001
    """What spaCy's parser asks at each step, made from the sums in ``batch`` rather than from its own."""
    from spacy.ml.parser_model import ParserStepModel  # noqa: PLC0415 - slow to import

    def tokvecs(docs: _Batch, is_train: bool) -> tuple[Array, None]:  # noqa: ARG001
        return docs.tokvecs, None

    lower, upper = _Known(model.get_ref("lower"), batch), model.get_ref("upper")
    step = ParserStepModel(batch, [tokvecs, lower, upper], train=False, has_upper=True)
    return step, step.finish_steps


def annotator(nlp: "Language") -> Annotator:
    """The quickest annotator for ``nlp``: steady where its layers are those we know and the machine's sums allow.

    ``nlp`` is the annotator's from then on.
    """
    try:
        found = _steady(nlp)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):  # layers of another make
        found = None
    return found or Unsteady(nlp)


def _steady(nlp: "Language") -> Steady | None:
    from thinc.api import Model, NumpyOps  # noqa: PLC0415 - slow to import

    if nlp.pipe_names != ["tok2vec", "tagger", "parser"]:
        return None
    tok2vec, tagger, parser = (cast("TrainablePipe", nlp.get_pipe(name)) for name in nlp.pipe_names)
    ops = cast("Sums", tok2vec.model.ops)
    table, layers = _first_layer(tok2vec.model), _other_layers(tok2vec.model)
    lower, upper = parser.model.get_ref("lower"), parser.model.get_ref("upper")
    attrs = parser.model.attrs
    if table is None or not layers or not attrs["has_upper"] or parser.cfg["beam_width"] != 1:
        return None
    if attrs["unseen_classes"] or lower.get_dim("nP") != PIECES:
        return None
    tags, inward = _product(tagger.model.get_ref("softmax")), _product(parser.model.get_ref("tok2vec").layers[-1])
    features = weights_of(lower, "W")
    shapes = [layers[0].weights.shape, tags[0].shape, inward[0].shape, features.reshape(-1, features.shape[-1]).T.shape]
    step = steady_step(shapes)
    if step is None:
        return None
    refs = {"lower": lower, "upper": upper}
    parser.model = Model("steady_parser", _step_model, layers=[lower, upper], refs=refs)
    inner, outer = weights_of(lower, "b").reshape(-1), weights_of(upper, "b")
    # thinc's own product, not the quicker one of other layers: rows come out the same in any company
    greedy = Greedy(cast("Transitions", parser), NumpyOps(use_blis=True), inner, weights_of(upper, "W"), outer)
    return Steady(nlp, Encoder(ops, table, layers, step), tagger, parser, tags, inward, lower, greedy)


def _product(linear: Model) -> tuple[Array, Array]:
    return weights_of(linear, "W").T, weights_of(linear, "b")


def _first_layer(tok2vec: Model) -> WordTable | None:
    """The layer that looks at the form of words alone: several hashed tables side by side, and one layer upon them."""
    extract, _, tables, upon, _ = tok2vec.get_ref("embed").layers
    maxout, norm = upon.layers[0].layers[0].layers
    if (extract.name, maxout.name, norm.name) != ("extract_features", "maxout", "layernorm"):
        return None
    return WordTable(list(extract.attrs["columns"]), cast("Embed", tables.layers[0]), Layer.of(maxout, norm))


def _other_layers(tok2vec: Model) -> tuple[Layer, ...]:
    """The layers that look one word to either side each, and add what they find."""
    found = []
    for residual in tok2vec.get_ref("encode").layers[0].layers:
        window, inner = residual.layers[0].layers[:2]
        maxout, norm = inner.layers[0].layers
        if (window.name, maxout.name, norm.name) != ("expand_window", "maxout", "layernorm"):
            return ()
        if not residual.name.startswith("residual") or window.attrs["window_size"] != 1:
            return ()
        found.append(Layer.of(maxout, norm))
    return tuple(found)
