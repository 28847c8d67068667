"""The tiny BERT of the fixtures in plain PyTorch, float64, with dropout masks that are drawn once and written down."""

import base64
import json
import math
import struct
import zlib
from pathlib import Path

import torch

ENCODER_FIXTURES = Path(__file__).resolve().parents[2] / "packages/encoders/src/testing/fixtures"
LAYERS, HEADS, WIDTH = 2, 4, 32
TYPES = {"F32": ("f", 4)}


def load_weights():
    raw = (ENCODER_FIXTURES / "tiny-bert/model.safetensors").read_bytes()
    size = struct.unpack("<Q", raw[:8])[0]
    header = json.loads(raw[8:8 + size])
    weights = {}
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        code, _ = TYPES[entry["dtype"]]
        begin, end = (8 + size + at for at in entry["data_offsets"])
        values = struct.unpack(f"<{(end - begin) // 4}{code}", raw[begin:end])
        weights[name] = torch.tensor(values, dtype=torch.float64).reshape(entry["shape"])
    # In the order of the model's forward pass, in which masks are drawn.
    return {name: weights[name] for name in sorted(weights, key=place)}


def place(name):
    parts = ["word_", "position_", "token_type_", "embeddings.LayerNorm", "layer.0.", "layer.1.", "pooler", "classifier"]
    kinds = ["query", "key", "value", "attention.output.dense", "attention.output.LayerNorm", "intermediate", "output"]
    part = next(i for i, part in enumerate(parts) if part in name)
    kind = next((i for i, kind in enumerate(kinds) if kind in name), 0)
    return part, kind, ".LayerNorm" in name, name.endswith("bias")


class Draws:
    """Zeros and ones by name. Whoever asks for a name again is given the same ones, whatever the case at hand."""

    def __init__(self):
        self.drawn = {}

    def stream(self, name, keep):
        known = self.drawn.setdefault(f"{name}@{keep!r}", [])
        generator = torch.Generator().manual_seed(zlib.crc32(name.encode()))
        position = 0

        def draw(shape):
            nonlocal position
            if position == len(known):
                known.append((torch.rand(shape, generator=generator, dtype=torch.float64) < keep).double())
            position += 1
            assert known[position - 1].shape == torch.Size(shape)
            return known[position - 1]

        return draw

    def packed(self):
        """Each name's bits, the first in the lowest place of the first byte, in base64."""
        packed = {}
        for name, masks in self.drawn.items():
            bits = [int(x) for mask in masks for x in mask.flatten().tolist()]
            whole = sum(bit << i for i, bit in enumerate(bits))
            packed[name] = base64.b64encode(whole.to_bytes((len(bits) + 7) // 8, "little")).decode()
        return packed


def pad(sequences):
    longest = max(len(s["ids"]) for s in sequences)
    ids = torch.tensor([s["ids"] + [0] * (longest - len(s["ids"])) for s in sequences])
    types = torch.tensor([s["typeIds"] + [0] * (longest - len(s["typeIds"])) for s in sequences])
    mask = torch.tensor([[1.0] * len(s["ids"]) + [0.0] * (longest - len(s["ids"])) for s in sequences], dtype=torch.float64)
    return ids, types, mask


def logits(w, batch, rate, draw):
    """[rows, classes]; dropout as in BertForSequenceClassification, in the order of the forward pass. What the last layer
    makes of other tokens than the first is read by nobody: nothing is computed, or dropped, of it."""
    ids, types, mask = batch
    rows, length = ids.shape

    def dropped(x):
        return x if rate == 0 else x * draw(x.shape) / (1 - rate)

    def linear(name, x):
        return x @ w[f"{name}.weight"].T + w[f"{name}.bias"]

    def norm(name, x):
        return torch.nn.functional.layer_norm(x, (WIDTH,), w[f"{name}.weight"], w[f"{name}.bias"], 1e-12)

    def heads(x):
        return x.reshape(rows, -1, HEADS, WIDTH // HEADS).transpose(1, 2)

    at = "bert.embeddings"
    x = w[f"{at}.word_embeddings.weight"][ids] + w[f"{at}.token_type_embeddings.weight"][types]
    x = dropped(norm(f"{at}.LayerNorm", x + w[f"{at}.position_embeddings.weight"][:length]))
    for layer in range(LAYERS):
        at = f"bert.encoder.layer.{layer}"
        read = x[:, :1] if layer == LAYERS - 1 else x
        q = heads(linear(f"{at}.attention.self.query", read))
        k, v = (heads(linear(f"{at}.attention.self.{name}", x)) for name in ("key", "value"))
        scores = q @ k.transpose(-1, -2) / math.sqrt(WIDTH // HEADS)
        scores = scores.masked_fill(mask[:, None, None, :] == 0, -1e30)
        context = (dropped(scores.softmax(-1)) @ v).transpose(1, 2).reshape(read.shape)
        attended = dropped(linear(f"{at}.attention.output.dense", context))
        x = norm(f"{at}.attention.output.LayerNorm", attended + read)
        inner = torch.nn.functional.gelu(linear(f"{at}.intermediate.dense", x))
        x = norm(f"{at}.output.LayerNorm", dropped(linear(f"{at}.output.dense", inner)) + x)
    pooled = torch.tanh(linear("bert.pooler.dense", x[:, 0]))
    return linear("classifier", dropped(pooled))
