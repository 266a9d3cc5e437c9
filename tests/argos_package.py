"""Real Argos packages of a few hundred kilobytes, made in a moment: they translate by ROT13.

The model is a transformer whose weights are set by hand, so that every output is known: the decoder
at step t attends to position t of the source and names the letter that the table gives for the
letter there. Letters are the subwords, so that a text has as many tokens as characters.
"""

from __future__ import annotations

import codecs
import io
import json
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from ctranslate2.specs.attention_spec import MultiHeadAttentionSpec
    from ctranslate2.specs.common_spec import LayerNormSpec

LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,;:!?'\"-_()/*éб字"
WIDTH = 128
"""Of the model; the first half is for letters, the second for positions."""
POSITIONS = 512
SHARPNESS = 20.0
"""Factor on attention and output scores: soft choices become hard ones."""
SPECIAL = ("<unk>", "<s>", "</s>")


def rot13(text: str) -> str:
    """Return what the model makes of a text."""
    return codecs.encode(text, "rot13")


def write_package(
    folder: Path,
    *,
    source: str = "xx",
    target: str = "en",
    version: str = "1.0",
    readme: str = "A test package.",
    metadata: dict[str, Any] | None = None,
) -> Path:
    """Write an unpacked package below a folder and return its path."""
    path = folder / f"translate-{source}_{target}-{version.replace('.', '_')}"
    path.mkdir(parents=True)
    facts = {
        "package_version": version,
        "argos_version": "1.11.0",
        "from_code": source,
        "from_name": f"Language {source}",
        "to_code": target,
        "to_name": f"Language {target}",
        **(metadata or {}),
    }
    (path / "metadata.json").write_text(json.dumps(facts))
    (path / "README.md").write_text(readme)
    (path / "sentencepiece.model").write_bytes(_tokenizer())
    _write_model(path / "sentencepiece.model", path / "model", facts.get("target_prefix", ""))
    return path


def write_zip(package: Path, file: Path, *, compression: int = zipfile.ZIP_DEFLATED) -> Path:
    """Pack an unpacked package as Argos distributes it: one folder in a zip."""
    with zipfile.ZipFile(file, "w", compression) as archive:
        for path in sorted(package.rglob("*")):
            archive.write(path, path.relative_to(package.parent))
    return file


def _tokenizer() -> bytes:
    """Train a subword model of single letters."""
    import sentencepiece

    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter([" ".join(LETTERS)]),
        model_writer=model,
        model_type="char",
        vocab_size=len(LETTERS) + len(SPECIAL) + 1,
        unk_id=0,
        bos_id=1,
        eos_id=2,
        pad_id=-1,
        minloglevel=2,
    )
    return model.getvalue()


def _write_model(pieces_file: Path, folder: Path, prefix: str) -> None:
    """Write the CTranslate2 model for a subword model; the target prefix is one more token."""
    import sentencepiece
    from ctranslate2.specs import TransformerSpec

    processor = sentencepiece.SentencePieceProcessor(model_file=str(pieces_file))
    pieces = [processor.id_to_piece(i) for i in range(processor.get_piece_size())]
    pieces += [prefix] if prefix else []
    letters, positions = _directions(len(pieces)), _directions(POSITIONS)
    table = [pieces.index(p if p in (*SPECIAL, prefix) else rot13(p)) for p in pieces]

    spec = TransformerSpec.from_config((1, 1), num_heads=1)
    for side, embedding in ((spec.encoder, letters), (spec.decoder, np.zeros_like(letters))):
        side.scale_embeddings = False
        _norm(side.layer_norm)
        layer = side.layer[0]
        _linears(layer.self_attention, [_block(3 * WIDTH), _block(WIDTH)])
        _norm(layer.ffn.layer_norm)
        for linear in (layer.ffn.linear_0, layer.ffn.linear_1):
            linear.weight, linear.bias = _block(WIDTH), np.zeros(WIDTH, np.float32)
        weights = np.concatenate([embedding, np.zeros_like(embedding)], axis=1)
        (side.embeddings[0] if side is spec.encoder else side.embeddings).weight = weights
    # A forced prefix takes the first step of the decoder, so that its clock goes one step behind.
    for side, shift in ((spec.encoder, 0), (spec.decoder, 1 if prefix else 0)):
        clock = np.roll(positions, shift, axis=0)
        side.position_encodings.encodings = np.concatenate([np.zeros_like(clock), clock], axis=1)

    place, letter = np.zeros(WIDTH, np.float32), np.zeros(WIDTH, np.float32)
    place[WIDTH // 2 :], letter[: WIDTH // 2] = 1, 1
    query, key, value = np.diag(SHARPNESS * place), np.diag(place), np.diag(letter)
    out = np.eye(WIDTH, dtype=np.float32)
    _linears(spec.decoder.layer[0].attention, [query, np.concatenate([key, value]), out])
    names = np.empty_like(letters)
    names[table] = letters
    spec.decoder.projection.weight = SHARPNESS * np.concatenate([names, 0 * names], axis=1)
    spec.decoder.projection.bias = np.zeros(len(pieces), np.float32)

    spec.config.add_source_eos = True
    spec.config.decoder_start_token = "<s>"
    spec.register_source_vocabulary(pieces)
    spec.register_target_vocabulary(pieces)
    spec.validate()
    spec.optimize(quantization="int8")
    folder.mkdir()
    spec.save(str(folder))


def _directions(count: int) -> NDArray[np.float32]:
    """Return unit vectors that are far from each other, in half the width; each sums to zero."""
    vectors = np.random.default_rng(13).normal(size=(count, WIDTH // 2)).astype(np.float32)
    vectors -= vectors.mean(axis=1, keepdims=True)
    vectors /= np.sqrt((vectors**2).sum(axis=1, keepdims=True))
    return vectors


def _block(rows: int) -> NDArray[np.float32]:
    return np.zeros((rows, WIDTH), np.float32)


def _linears(attention: MultiHeadAttentionSpec, weights: list[NDArray[np.float32]]) -> None:
    _norm(attention.layer_norm)
    for linear, weight in zip(attention.linear, weights, strict=True):
        linear.weight, linear.bias = weight.astype(np.float32), np.zeros(len(weight), np.float32)


def _norm(layer: LayerNormSpec) -> None:
    layer.gamma, layer.beta = np.ones(WIDTH, np.float32), np.zeros(WIDTH, np.float32)
