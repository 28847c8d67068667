"""Five optimizer steps of every objective in packages/baselines on the tiny BERT, in float64, by PyTorch.

Writes what both sides are fed (batches, dropout masks, noise) and what comes out: losses, and of weights and moments all
elements of small tensors and every 23rd of the others. Version of the committed outputs: torch 2.15.0.

The seed is one with which float32 stays within 1e-5 of these results. With others it need not: where a sentence is
already classified well, the gradient that an adversary normalises is rounding in part, and PyTorch's own float32 departs
from its float64 by up to 1e-4 (moments, fifth step).
"""

import base64
import json
import math
from pathlib import Path

import torch

from methods_bert import Bert, write_safetensors
from methods_objectives import METHODS

ROOT = Path(__file__).resolve().parents[2]
MODEL = ROOT / "packages/encoders/src/testing/fixtures/tiny-bert"
OUT = ROOT / "packages/baselines/src/testing/fixtures"
ROWS, LENGTH, STEPS, DRAWS, RATE, CLASSES = 4, 8, 5, 4, 0.2, 3
STRIDE, SMALL = 23, 96
SETTINGS = {"learningRate": 1e-3, "beta1": 0.9, "beta2": 0.98, "epsilon": 1e-6, "weightDecay": 0.01, "maxGradientNorm": 1}
#: Noise and steps larger than in use, so that they show in the weights.
ADVERSARY = {"norm": "l2", "stepSize": 0.2, "magnitude": 0.3, "maxNorm": 0.4, "holdDropout": True}
CASES = [
    ("r3f", {"noise": "uniform", "lambda": 0.7, "epsilon": 0.3}),
    ("r3f", {"noise": "normal", "lambda": 1, "epsilon": 0.2, "spectralNorm": True}),
    ("rDrop", {"alpha": 0.5, "divergence": "sum", "crossEntropy": "sum"}),
    ("rDrop", {"alpha": 1, "divergence": "mean", "crossEntropy": "mean"}),
    ("freeLb", {**ADVERSARY, "convention": "hugging-face", "steps": 3}),
    ("freeLb", {"convention": "fairseq", "steps": 1, "norm": "linf", "stepSize": 0.05, "magnitude": 0.05,
                "maxNorm": 0.08, "holdDropout": False}),
    ("pgd", {**ADVERSARY, "magnitude": 0, "maxNorm": 0.3, "holdDropout": False, "steps": 2}),
    ("smart", {"form": "published", "alpha": 0.5, "steps": 1, "sigma": 0.1, "stepSize": 0.5, "epsilon": 1e-6,
               "norm": "linf", "level": "token"}),
    ("smart", {"form": "ball", "alpha": 1, "steps": 2, "sigma": 0.05, "stepSize": 0.2, "epsilon": 0.25, "norm": "l2"}),
]


def packed(bits):
    """Bits to base64, the first bit lowest in its byte."""
    bits = bits.flatten().tolist() + [0] * (-bits.numel() % 8)
    return base64.b64encode(bytes(sum(bits[i + j] << j for j in range(8)) for i in range(0, len(bits), 8))).decode()


def draw_step(model, generator):
    lengths = [int(torch.randint(3, LENGTH + 1, (), generator=generator)) for _ in range(ROWS - 1)] + [LENGTH]
    ids = torch.randint(5, model.config["vocab_size"], (ROWS, LENGTH), generator=generator)
    mask = torch.tensor([[int(i < n) for i in range(LENGTH)] for n in lengths])
    types = torch.randint(0, 2, (ROWS, 1), generator=generator) * torch.tensor([int(i > 4) for i in range(LENGTH)])
    shapes = model.mask_shapes(ROWS, LENGTH)
    masks = [[(torch.rand(s, generator=generator) < 1 - RATE).long() for s in shapes] for _ in range(DRAWS)]
    shape = (ROWS, LENGTH, model.config["hidden_size"])
    # Rounded as they are stored, so that both sides are fed the same numbers.
    noise = {"uniform": (2 * torch.rand(shape, generator=generator) - 1), "normal": torch.randn(shape, generator=generator)}
    return {
        "batch": {"ids": ids * mask, "types": types * mask, "mask": mask},
        "labels": torch.randint(0, CLASSES, (ROWS,), generator=generator),
        "draws": [[m.double() for m in draw] for draw in masks],
        "noise": {name: values.double() for name, values in noise.items()},
    }


def is_decayed(name):
    return not name.endswith("bias") and "LayerNorm" not in name


class AdamW:
    """Hugging Face's old AdamW, as in the released code of ROSE."""

    def __init__(self, parameters):
        self.parameters, self.step_count = parameters, 0
        self.m = {name: torch.zeros_like(p) for name, p in parameters.items()}
        self.v = {name: torch.zeros_like(p) for name, p in parameters.items()}

    @torch.no_grad()
    def step(self):
        self.step_count += 1
        lr, b1, b2 = SETTINGS["learningRate"], SETTINGS["beta1"], SETTINGS["beta2"]
        norm = math.sqrt(sum(float((p.grad**2).sum()) for p in self.parameters.values()))
        scale = min(1.0, SETTINGS["maxGradientNorm"] / (norm + 1e-6))
        for name, p in self.parameters.items():
            g = p.grad * scale
            m, v = self.m[name], self.v[name]
            m.mul_(b1).add_(g, alpha=1 - b1)
            v.mul_(b2).add_(g * g, alpha=1 - b2)
            size = lr * math.sqrt(1 - b2**self.step_count) / (1 - b1**self.step_count)
            p.sub_(size * m / (v.sqrt() + SETTINGS["epsilon"]))
            if is_decayed(name):
                p.sub_(lr * SETTINGS["weightDecay"] * p)
            p.grad = None


def sampled(tensors):
    flat = (tensor.detach().flatten() for tensor in tensors)
    return torch.cat([values[:: STRIDE if len(values) > SMALL else 1] for values in flat])


def main():
    generator = torch.Generator().manual_seed(12)
    model = Bert(MODEL, RATE)
    steps = [draw_step(model, generator) for _ in range(STEPS)]
    names = list(model.parameters)
    tensors, cases = {}, []
    for i, (method, options) in enumerate(CASES):
        model = Bert(MODEL, RATE)
        optimizer = AdamW(model.parameters)
        losses = []
        for step in steps:
            losses.append(METHODS[method](model, step, options))
            optimizer.step()
        cases.append({"method": method, "options": options, "losses": losses})
        kinds = {"weights": model.parameters, "momentum": optimizer.m, "variance": optimizer.v}
        for kind, values in kinds.items():
            tensors[f"{i}.{kind}"] = sampled(values[name] for name in names)
    for t, step in enumerate(steps):
        for name, values in step["noise"].items():
            tensors[f"noise.{t}.{name}"] = values
    goldens = {
        "rows": ROWS, "length": LENGTH, "rate": RATE, "settings": SETTINGS, "stride": STRIDE, "small": SMALL,
        "parameters": names, "maskShapes": model.mask_shapes(ROWS, LENGTH),
        "steps": [
            {**{key: step["batch"][key].flatten().tolist() for key in ("ids", "types", "mask")},
             "labels": step["labels"].tolist(), "masks": [[packed(m.long()) for m in draw] for draw in step["draws"]]}
            for step in steps
        ],
        "cases": cases,
    }
    OUT.mkdir(parents=True, exist_ok=True)
    write_safetensors(OUT / "methods-goldens.safetensors", tensors)
    (OUT / "methods-goldens.json").write_text(json.dumps(goldens, separators=(",", ":")) + "\n")


main()
