"""Five optimizer steps of `vanilla` and `rose-ensemble` on one model of each family, after /docs/rose.md, in float64.

`vanilla` drops nothing. `rose-ensemble` compares two dropout passes, so it drops: the i-th place of a step's passes at which
transformers drops has the mask of RandomStream("families", case, draw, step, i), of the shape that stands in training.json. The
draw is the first with which no saliency is so near to a bound that float32 might choose other tensors.
"""

import json
import math

import torch
from safetensors.torch import save_file

from random_stream import RandomStream
from selections_goldens import clipped, maskable, rose_masks

LEARNING_RATES = [2e-3, 1.6e-3, 1.2e-3, 8e-4, 4e-4]
#: Larger decay than in use, so that it shows in the weights.
B1, B2, EPSILON, DECAY, CLIP = 0.9, 0.98, 1e-6, 0.1, 1.0
RATE = 0.2
ROSE = {"variant": "rose-ensemble", "rose": {"upper": 50, "gamma": 0.3}}
#: Keys of config.json that are a rate at which something is dropped.
RATES = ["hidden_dropout_prob", "attention_probs_dropout_prob", "classifier_dropout", "dropout", "attention_dropout",
         "seq_classif_dropout", "embedding_dropout", "mlp_dropout"]


class Dropping:
    """Takes the place of PyTorch's dropout in two passes that are one batch."""

    def __init__(self, case, draw):
        self.case, self.draw, self.shapes = case, draw, []

    def begin(self, step):
        self.step, self.position = step, 0

    def __call__(self, x, p=0.5, training=True, inplace=False):
        if not training or p == 0:
            return x
        assert p == RATE, p
        if self.step == 1:
            self.shapes.append(list(x.shape))
        assert self.shapes[self.position] == list(x.shape)
        stream = RandomStream("families", self.case, self.draw, self.step, self.position)
        self.position += 1
        return x * torch.tensor(stream.bernoulli(x.numel(), 1 - p), dtype=x.dtype).reshape(x.shape) / (1 - p)


def is_decayed(name, parameter):
    """Not what the Trainer leaves out: layer norms, and whatever has "bias" in its name."""
    return parameter.dim() > 1 and "bias" not in name


def divergence(a, b):
    kl = lambda p, q: (p.softmax(-1) * (p.log_softmax(-1) - q.log_softmax(-1))).sum()
    return (kl(b, a) + kl(a, b)) / 4


def losses_of(model, batch, labels, method):
    """The loss, and of two passes the divergence."""
    entropy = torch.nn.functional.cross_entropy
    if method == "vanilla":
        return entropy(model(**batch).logits, labels), None
    a, b = model(**{key: torch.cat([x, x]) for key, x in batch.items()}).logits.chunk(2)
    return 0.5 * entropy(a, labels) + 0.5 * entropy(b, labels), divergence(a, b)


def train(model, batch, labels, method, dropping):
    parameters = dict(model.named_parameters())
    m, v = ({name: torch.zeros_like(p, requires_grad=False) for name, p in parameters.items()} for _ in range(2))
    model.train(method != "vanilla")
    losses, nearest = [], []
    for step, rate in enumerate(LEARNING_RATES, 1):
        dropping.begin(step)
        loss, kl = losses_of(model, batch, labels, method)
        losses.append(loss.item())
        first = {}
        if kl is not None:
            names = [name for name in parameters if maskable(name)]
            first = dict(zip(names, torch.autograd.grad(kl, [parameters[name] for name in names], retain_graph=True)))
        g = dict(zip(parameters, torch.autograd.grad(loss, parameters.values())))
        scale = clipped(math.sqrt(sum((x**2).sum().item() for x in g.values())))
        g = {name: scale * x for name, x in g.items()}
        mu = rose_masks(ROSE, first, g, m, step, nearest) if first else {}
        with torch.no_grad():
            for name, p in parameters.items():
                u = mu.get(name, 1.0)
                mixed = u * g[name] + (1 - u) * m[name]
                m[name] = B1 * m[name] + (1 - B1) * mixed
                v[name] = B2 * v[name] + (1 - B2) * mixed**2
                p -= rate * math.sqrt(1 - B2**step) / (1 - B1**step) * u * m[name] / (v[name].sqrt() + EPSILON)
                if is_decayed(name, p):
                    p -= rate * DECAY * u * p
    kinds = {"weights": parameters, "momentum": m, "variance": v}
    flat = lambda tensors: torch.cat([tensors[name].detach().flatten() for name in parameters]).float()
    return losses, {f"{method}.{kind}": flat(tensors) for kind, tensors in kinds.items()}, min(nearest, default=1)


def write_training(name, folder, read, batch, labels):
    """@param read: a fresh model of the case, with these rates in its configuration"""
    usual = torch.nn.functional.dropout
    methods, tensors = {}, {}
    for method in ("vanilla", "rose-ensemble"):
        gap, draw = 0, 0
        while gap < 1e-3:
            draw += 1
            torch.nn.functional.dropout = dropping = Dropping(name, draw)
            model = read({key: RATE for key in RATES})
            parameters = dict(model.named_parameters())
            losses, found, gap = train(model, batch, labels, method, dropping)
        methods[method] = {"losses": losses}
        tensors.update(found)
    print(f"  draw {draw}: the nearest saliency to a bound is {gap:.1e} of it away")
    torch.nn.functional.dropout = usual
    save_file(tensors, folder / "training.safetensors")
    settings = {"beta1": B1, "beta2": B2, "epsilon": EPSILON, "weightDecay": DECAY, "maxGradientNorm": CLIP}
    training = {
        "settings": settings, "learningRates": LEARNING_RATES, "rate": RATE, "rose": ROSE["rose"], "draw": draw,
        "maskShapes": dropping.shapes,
        "parameters": [{"name": name, "size": p.numel(), "decayed": is_decayed(name, p)} for name, p in parameters.items()],
        "maskable": sum(maskable(name) for name in parameters), "methods": methods,
    }
    (folder / "training.json").write_text(json.dumps(training, separators=(",", ":")) + "\n")
