"""Five optimizer steps of the tiny BERT under every selection, after docs/rose.md and docs/baselines.md, in float64.

Written with torch 2.15.0 and Python 3; needs nothing else. Of each parameter's weights and moments it keeps the norm, the
sum over i of x_i cos(i + 1), and six elements evenly spaced. Every mask that was drawn stands in the output too.
"""

import base64
import json
import math
import struct
from pathlib import Path

import torch

from selections_model import Draws, ENCODER_FIXTURES, load_weights, logits, pad

OUT = Path(__file__).resolve().parents[2] / "packages/experiments/src/testing/fixtures/selections-goldens.json"
FIXTURE = json.loads((ENCODER_FIXTURES / "tiny-bert-goldens.json").read_text())
SEQUENCES, LABELS = FIXTURE["sequences"], torch.tensor(FIXTURE["labels"])
FISHER_BATCHES = [[0, 1], [2, 3]]
B1, B2, EPS, WD, CLIP = 0.9, 0.98, 1e-6, 0.01, 1.0
LEARNING_RATES = [1e-3, 8e-4, 6e-4, 4e-4, 2e-4]
RATE, KL_RATE = 0.1, 0.2
SAMPLES = 6
DRAWS = Draws()

CASES = [
    {"variant": "vanilla"},
    {"variant": "two-pass"},
    {"variant": "rose-first", "rose": {"upper": 60}},
    {"variant": "rose-first", "rose": {"lower": 20, "upper": 80}, "warmup": 2},
    {"variant": "rose-first", "rose": {"upper": 60, "granularity": "element"}},
    {"variant": "vanilla+rose-first", "rose": {"upper": 40}},
    {"variant": "rose-second", "rose": {"upper": 50}},
    {"variant": "rose-second", "rose": {"upper": 50, "ratio": "bias-corrected"}},
    {"variant": "rose-second", "rose": {"lower": 20, "upper": 80, "granularity": "element"}},
    {"variant": "rose-ensemble", "rose": {"upper": 60}},
    {"variant": "rose-ensemble", "rose": {"lower": 10, "upper": 70, "gamma": 0.3, "ratio": "one-minus-beta1"}},
    {"variant": "rose-ensemble", "rose": {"upper": 80, "gamma": 0.3, "granularity": "element"}},
    {"variant": "child-tuning-f", "childTuning": {"p": 0.3}},
    {"variant": "child-tuning-d", "childTuning": {"p": 0.3}},
    {"variant": "two-pass+child-tuning-d", "childTuning": {"p": 0.1}},
    {"variant": "top-layers", "topLayers": {"layers": 1}},
    {"variant": "top-layers", "topLayers": {"layers": 0}},
    {"variant": "mixout", "mixout": {"p": 0.7}},
    {"variant": "mixout", "mixout": {"p": 0.8, "mask": "element", "dropout": 0.1}},
]


def cross_entropy(scores, labels):
    return torch.nn.functional.cross_entropy(scores, labels)


def objective(case, w, step, rate):
    """The loss, and the logits of both passes where there are two."""
    batch = pad(SEQUENCES)
    passes = 2 if two_passes(case) else 1
    draw = DRAWS.stream(f"dropout/{step}/{passes}", 1 - rate)
    if passes == 1:
        return cross_entropy(logits(w, batch, rate, draw), LABELS), None
    a, b = logits(w, [torch.cat([x, x]) for x in batch], rate, draw).chunk(2)
    return 0.5 * cross_entropy(a, LABELS) + 0.5 * cross_entropy(b, LABELS), (a, b)


def two_passes(case):
    named = case["variant"].split("+")
    return named[0] in ("two-pass", "rose-first", "rose-ensemble")


def selection_of(case):
    return case["variant"].split("+")[-1]


def kl_of_two_passes(w, step, rate, passes):
    a, b = passes or logits(
        w, [torch.cat([x, x]) for x in pad(SEQUENCES)], rate, DRAWS.stream(f"dropout/{step}/2", 1 - rate)
    ).chunk(2)
    kl = lambda p, q: (p.softmax(-1) * (p.log_softmax(-1) - q.log_softmax(-1))).sum()
    return (kl(b, a) + kl(a, b)) / 4


def maskable(name):
    return "layer" in name and "weight" in name


def quantile(values, percent):
    ordered = torch.sort(values).values.tolist()
    position = percent * (len(ordered) - 1) / 100
    low = math.floor(position)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (position - low)


def band(saliencies, lower, upper, nearest):
    """1 where a saliency is within the band, for scalars and for elements alike."""
    together = torch.cat([s.flatten() for s in saliencies.values()])
    low, high = quantile(together, lower), quantile(together, upper)
    for q in [high] + ([low] if lower > 0 else []):
        gaps = ((together - q).abs() / q)[together != q]
        nearest.append(gaps.min().item())
    return {name: ((s >= low) & (s <= high)).double() for name, s in saliencies.items()}


def size_of(tensor, granularity):
    return tensor.abs() if granularity == "element" else tensor.norm()


def rose_masks(case, first, g, m, step, nearest):
    options = {"lower": 0, "gamma": 0.5, "granularity": "tensor", "ratio": "released", **case["rose"]}
    granularity, edges = options["granularity"], (options["lower"], options["upper"])
    kind = selection_of(case)
    masks = []
    if kind != "rose-second":
        masks.append(band({n: size_of(k, granularity) for n, k in first.items()}, *edges, nearest))
    if kind != "rose-first":
        factor = {"released": 0.1, "one-minus-beta1": 1 - B1, "bias-corrected": 1 - B1 ** (step - 1)}[options["ratio"]]
        names = [n for n in g if maskable(n)]
        if step == 1:
            masks.append({n: torch.ones((), dtype=torch.float64) for n in names})
        else:
            score = lambda n: (factor * size_of(g[n], granularity) / size_of(m[n], granularity) - 1).abs()
            masks.append(band({n: score(n) for n in names}, *edges, nearest))
    if len(masks) == 1:
        return masks[0]
    gamma = options["gamma"]
    return {n: gamma * masks[0][n] + (1 - gamma) * masks[1][n] for n in masks[0]}


def clipped(norm):
    return min(1.0, CLIP / (norm + 1e-6))


def fisher_masks(weights, p):
    names = [n for n in weights if "layer" in n]
    fisher = {n: torch.zeros_like(weights[n]) for n in names}
    for i, rows in enumerate(FISHER_BATCHES):
        w = {n: x.clone().requires_grad_(True) for n, x in weights.items()}
        draw = DRAWS.stream(f"dropout/{-1 - i}/1", 1 - RATE)
        cross_entropy(logits(w, pad([SEQUENCES[r] for r in rows]), RATE, draw), LABELS[rows]).backward()
        for n in names:
            g = w[n].grad * clipped(w[n].grad.norm().item())
            fisher[n] += g**2 / len(FISHER_BATCHES)
    threshold = quantile(torch.cat([f.flatten() for f in fisher.values()]), (1 - p) * 100)
    return {n: (f >= threshold).double() for n, f in fisher.items()}


def is_linear(name, tensor):
    return tensor.dim() == 2 and "embeddings" not in name


def frozen(case, name):
    if selection_of(case) != "top-layers":
        return False
    if "layer." in name:
        return int(name.split("layer.")[1].split(".")[0]) < 2 - case["topLayers"]["layers"]
    return "embeddings" in name


def run(case):
    pretrained = load_weights()
    p = {n: x.clone() for n, x in pretrained.items()}
    m = {n: torch.zeros_like(x) for n, x in p.items()}
    v = {n: torch.zeros_like(x) for n, x in p.items()}
    kind = selection_of(case)
    rate = KL_RATE if kind in ("rose-first", "rose-ensemble") else RATE
    if kind == "mixout":
        rate = case["mixout"].get("dropout", 0)
    fixed = fisher_masks(pretrained, case["childTuning"]["p"]) if kind == "child-tuning-d" else None
    losses, nearest = [], []
    for step, lr in enumerate(LEARNING_RATES, 1):
        seen = {n: x.clone() for n, x in p.items()}
        kept = {}
        if kind == "mixout":
            q = case["mixout"]["p"]
            draw = DRAWS.stream(f"mixout/{step}", 1 - q)
            for n, x in p.items():
                if not is_linear(n, x):
                    continue
                by_element = case["mixout"].get("mask") == "element"
                kept[n] = draw(x.shape) if by_element else draw(x.shape[1:]).expand(x.shape)
                seen[n] = ((1 - kept[n]) * pretrained[n] + kept[n] * x - q * pretrained[n]) / (1 - q)
        w = {n: x.requires_grad_(not frozen(case, n)) for n, x in seen.items()}
        loss, passes = objective(case, w, step, rate)
        learning = [n for n in w if w[n].requires_grad]
        first = {}
        if kind in ("rose-first", "rose-ensemble"):
            names = [n for n in learning if maskable(n)]
            kl = kl_of_two_passes(w, step, rate, passes)
            first = dict(zip(names, torch.autograd.grad(kl, [w[n] for n in names], retain_graph=True)))
        g = dict(zip(learning, torch.autograd.grad(loss, [w[n] for n in learning])))
        g = {n: x * kept.get(n, 1) for n, x in g.items()}
        norm = math.sqrt(sum((x**2).sum().item() for x in g.values()))
        g = {n: x * clipped(norm) for n, x in g.items()}
        losses.append(loss.item())

        mu = {}
        if kind.startswith("rose") and step > case.get("warmup", 0):
            mu = rose_masks(case, first, g, m, step, nearest)
        if kind == "child-tuning-f":
            share = case["childTuning"]["p"]
            draw = DRAWS.stream(f"child-tuning/{step}", share)
            g = {n: x * draw(x.shape) / share for n, x in g.items()}
        if fixed:
            g = {n: x * fixed.get(n, 1) for n, x in g.items()}
        for n, gradient in g.items():
            u = mu.get(n, 1.0)
            mixed = u * gradient + (1 - u) * m[n]
            m[n] = B1 * m[n] + (1 - B1) * mixed
            v[n] = B2 * v[n] + (1 - B2) * mixed**2
            size = lr * math.sqrt(1 - B2**step) / (1 - B1**step)
            p[n] = p[n] - size * u * m[n] / (v[n].sqrt() + EPS)
            if not n.endswith("bias") and "LayerNorm" not in n:
                p[n] = p[n] - lr * WD * u * p[n]
    if nearest:
        print(f"{case['variant']} {case['rose']}: the nearest saliency to a bound is {min(nearest):.1e} of it away")
    return {**case, "losses": losses, "expected": encode([digest(x) for n in p for x in (p[n], m[n], v[n])])}


def digest(tensor):
    x = tensor.flatten()
    weights = torch.cos(torch.arange(1, len(x) + 1, dtype=torch.float64))
    at = [i * (len(x) - 1) // (SAMPLES - 1) for i in range(SAMPLES)]
    return [x.norm().item(), (x * weights).sum().item(), *x[at].tolist()]


def encode(rows):
    values = [x for row in rows for x in row]
    return base64.b64encode(struct.pack(f"<{len(values)}f", *values)).decode()


def main():
    cases = [run(case) for case in CASES]
    settings = {
        "beta1": B1, "beta2": B2, "epsilon": EPS, "weightDecay": WD, "maxGradientNorm": CLIP,
        "learningRates": LEARNING_RATES, "klDropout": KL_RATE, "fisherBatches": FISHER_BATCHES, "samples": SAMPLES,
    }
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps({"settings": settings, "bits": DRAWS.packed(), "cases": cases}, separators=(",", ":")) + "\n")
    print(f"{OUT}: {OUT.stat().st_size // 1024} KiB")


if __name__ == "__main__":
    main()
