"""Trained weights as an Argos package: int8 CTranslate2 model, subwords, metadata, README."""

from __future__ import annotations

import json
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import sentencepiece
from ctranslate2.specs import TransformerSpec
from numpy.typing import NDArray

from reader.errors import PackageError, reason
from reader.languages import name_of
from reader.train.network import POSITIONS, Shape, sinusoids

if TYPE_CHECKING:
    from ctranslate2.specs.attention_spec import MultiHeadAttentionSpec
    from ctranslate2.specs.common_spec import LayerNormSpec, LinearSpec

ARGOS_VERSION = "1.11.0"  # the argostranslate release whose package format this is
VERSION = "1.0"
LONGEST_TARGET = 512  # tokens; CTranslate2 decodes 256 by default


@dataclass(frozen=True, slots=True)
class Model:
    """The result of a training."""

    weights: Mapping[str, NDArray[np.float32]]
    shape: Shape
    subwords: bytes
    target_vocabulary: NDArray[np.int64]
    """Pieces that it can predict, ascending; fewer than all make it faster and smaller."""


def model_spec(model: Model) -> TransformerSpec:
    """Arrange the weights as CTranslate2 has them.

    They are copied, for `optimize("int8")` scales them in place.
    """
    shape = model.shape
    weights = {name: weight.copy() for name, weight in model.weights.items()}

    def fill(spec: LinearSpec | LayerNormSpec, name: str, part: slice = slice(None)) -> None:
        first, second = ("gamma", "beta") if "norm" in name else ("weight", "bias")
        joint = "_" if name.endswith("in_proj") else "."
        setattr(spec, first, weights[f"{name}{joint}weight"][part])
        setattr(spec, second, weights[f"{name}{joint}bias"][part])

    def attention(spec: MultiHeadAttentionSpec, name: str) -> None:
        *inward, outward = spec.linear
        # Self-attention projects queries, keys and values by one matrix; attention to the source
        # projects queries by one, keys and values by another. PyTorch has one for all three.
        cuts = [slice(None)] if len(inward) == 1 else [slice(shape.width), slice(shape.width, None)]
        for linear, part in zip(inward, cuts, strict=True):
            fill(linear, f"{name}.in_proj", part)
        fill(outward, f"{name}.out_proj")

    spec = TransformerSpec.from_config((shape.encoder, shape.decoder), shape.heads, pre_norm=True)
    for stack, side, longest in (
        ("encoder", spec.encoder, POSITIONS),
        ("decoder", spec.decoder, LONGEST_TARGET),
    ):
        side.scale_embeddings = True
        side.position_encodings.encodings = sinusoids(shape.width).numpy()[:longest].copy()
        fill(side.layer_norm, f"{stack}.norm")
        for index, layer in enumerate(side.layer):
            name = f"{stack}.layers.{index}"
            norms = [layer.self_attention.layer_norm, layer.ffn.layer_norm]
            attention(layer.self_attention, f"{name}.self_attn")
            if stack == "decoder":
                norms.insert(1, layer.attention.layer_norm)
                attention(layer.attention, f"{name}.multihead_attn")
            for number, norm in enumerate(norms, start=1):
                fill(norm, f"{name}.norm{number}")
            fill(layer.ffn.linear_0, f"{name}.linear1")
            fill(layer.ffn.linear_1, f"{name}.linear2")
    matrix, vocabulary = weights["embedding.weight"], model.target_vocabulary
    spec.encoder.embeddings[0].weight = matrix
    spec.decoder.embeddings.weight = matrix[vocabulary]
    spec.decoder.projection.weight = matrix[vocabulary]
    spec.decoder.projection.bias = weights["bias"][vocabulary]
    return spec


def write_model(model: Model, folder: Path, quantization: str | None = "int8") -> None:
    """Write a CTranslate2 model into a new folder; without quantization in float32."""
    processor = sentencepiece.SentencePieceProcessor(model_proto=model.subwords)
    pieces = [processor.id_to_piece(i) for i in range(len(processor))]
    spec = model_spec(model)
    spec.config.add_source_eos = True
    spec.config.decoder_start_token = "<s>"
    spec.config.layer_norm_epsilon = 1e-5
    spec.register_source_vocabulary(pieces)
    spec.register_target_vocabulary([pieces[i] for i in model.target_vocabulary])
    spec.validate()
    spec.optimize(quantization=quantization)
    folder.mkdir()
    spec.save(str(folder))


def write_package(model: Model, source: str, target: str, about: str, out: Path) -> None:
    """Write a package file, whole or not at all; `about` is the body of its README.

    Raises:
        PackageError: it cannot be written.
    """
    root = f"translate-{source}_{target}-{VERSION.replace('.', '_')}"
    names = {"from_name": name_of(source), "to_name": name_of(target)}
    metadata = {"package_version": VERSION, "argos_version": ARGOS_VERSION}
    metadata |= {"from_code": source, "to_code": target, **names}
    readme = f"# {names['from_name']} to {names['to_name']}\n\n{about}"
    part = out.with_name(f"{out.name}.part")
    try:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name) / root
            folder.mkdir()
            write_model(model, folder / "model")
            (folder / "sentencepiece.model").write_bytes(model.subwords)
            (folder / "metadata.json").write_text(json.dumps(metadata, indent=1), encoding="utf-8")
            (folder / "README.md").write_text(readme, encoding="utf-8")
            with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as packed:
                for path in sorted(folder.rglob("*")):
                    packed.write(path, path.relative_to(name))
        part.replace(out)
    except OSError as error:
        raise PackageError(
            f"{str(out)!r}: cannot be written ({reason(error)}); name another file"
        ) from None
