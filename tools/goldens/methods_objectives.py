"""The methods that ROSE is compared to, each as a function that leaves gradients in `model.parameters` and returns its loss.

A step has `batch`, `labels`, `draws` (masks of four forward passes) and `noise` (uniform on [-1, 1) and normal).
Written from the papers and the public code that docs/baselines.md names, loop by loop as there.
"""

import torch
import torch.nn.functional as F


def kl(p_logits, q_logits):
    """Sum of KL(p || q)."""
    return F.kl_div(q_logits.log_softmax(-1), p_logits.softmax(-1), reduction="sum")


def r3f(model, step, options):
    tokens = model.look_up(step["batch"]["ids"])
    noised_tokens = tokens.detach() + options["epsilon"] * step["noise"][options["noise"]]
    clean = model.logits(step["batch"], step["draws"][0], tokens)
    noised = model.logits(step["batch"], step["draws"][1], noised_tokens)
    if options.get("spectralNorm"):
        sigma = torch.linalg.matrix_norm(model.parameters["classifier.weight"], 2)
        bias = model.parameters["classifier.bias"]
        clean, noised = ((logits - bias) / sigma + bias for logits in (clean, noised))
    divergence = (kl(noised, clean) + kl(clean, noised)) / len(clean)
    loss = F.cross_entropy(clean, step["labels"]) + options["lambda"] * divergence
    loss.backward()
    return loss.item()


def r_drop(model, step, options):
    a, b = (model.logits(step["batch"], step["draws"][i], model.look_up(step["batch"]["ids"])) for i in (0, 1))
    entropies = F.cross_entropy(a, step["labels"]) + F.cross_entropy(b, step["labels"])
    divergence = (kl(a, b) + kl(b, a)) / 2
    if options["crossEntropy"] == "mean":
        entropies = entropies / 2
    if options["divergence"] == "mean":
        divergence = divergence / len(a)
    loss = entropies + options["alpha"] * divergence
    loss.backward()
    return loss.item()


def start(step, tokens, options):
    mask = step["batch"]["mask"].double()
    delta = step["noise"]["uniform"] * mask[:, :, None] * options["magnitude"]
    if options["norm"] == "l2":
        delta = delta / torch.sqrt(mask.sum(1) * tokens.shape[-1])[:, None, None]
    return delta


def ascended(delta, grad, options, floor):
    rows = len(delta)
    order = 2 if options["norm"] == "l2" else torch.inf
    size = torch.clamp(torch.norm(grad.reshape(rows, -1), dim=1, p=order), min=floor)
    delta = delta + options["stepSize"] * grad / size[:, None, None]
    bound = options["maxNorm"]
    if bound > 0 and options["norm"] == "linf":
        delta = torch.clamp(delta, -bound, bound)
    elif bound > 0:
        norms = torch.norm(delta.reshape(rows, -1), dim=1)
        exceed = (norms > bound).double()
        delta = delta * (bound / norms.clamp(min=1e-30) * exceed + (1 - exceed))[:, None, None]
    return delta.detach()


def draw_of(step, options, t):
    return step["draws"][0 if options["holdDropout"] else t]


def freelb(model, step, options):
    fairseq = options["convention"] == "fairseq"
    passes = options["steps"] + (1 if fairseq else 0)
    floor = 1e-10 if fairseq and options["norm"] == "l2" else 1e-8
    delta = start(step, model.look_up(step["batch"]["ids"]), options).detach()
    total = 0.0
    for t in range(passes):
        delta.requires_grad_()
        tokens = model.look_up(step["batch"]["ids"]) + delta
        logits = model.logits(step["batch"], draw_of(step, options, t), tokens)
        loss = F.cross_entropy(logits, step["labels"]) / passes
        loss.backward()
        total += loss.item()
        if t < passes - 1:
            delta = ascended(delta.detach(), delta.grad, options, floor)
    return total


def pgd(model, step, options):
    delta = start(step, model.look_up(step["batch"]["ids"]), options).detach()
    for t in range(options["steps"] + 1):
        delta.requires_grad_()
        tokens = model.look_up(step["batch"]["ids"]) + delta
        logits = model.logits(step["batch"], draw_of(step, options, t), tokens)
        loss = F.cross_entropy(logits, step["labels"])
        if t < options["steps"]:
            (grad,) = torch.autograd.grad(loss, delta)
            delta = ascended(delta.detach(), grad, options, 1e-10)
    loss.backward()
    return loss.item()


def stable_kl(logits, target):
    p, y = logits.softmax(-1), target.softmax(-1)
    odds = [-(1 / (q.detach() + 1e-6) - 1 + 1e-6).log() for q in (p, y)]
    return (p * (odds[0] - odds[1]) * 2).sum()


def published_direction(noise, options):
    dims = (-1,) if options["level"] == "token" else (-2, -1)
    if options["norm"] == "l1":
        return noise.sign()
    size = noise.abs().amax(dims, keepdim=True) if options["norm"] == "linf" else noise.norm(dim=dims, keepdim=True)
    return noise / (size + options["epsilon"])


def smart(model, step, options):
    tokens = model.look_up(step["batch"]["ids"])
    clean = model.logits(step["batch"], step["draws"][0], tokens)
    noise = options["sigma"] * step["noise"]["normal"]
    for k in range(options["steps"]):
        noise = noise.detach().requires_grad_()
        adversarial = model.logits(step["batch"], step["draws"][k + 1], tokens.detach() + noise)
        if options["form"] == "published":
            (grad,) = torch.autograd.grad(stable_kl(adversarial, clean.detach()), noise)
            noise = published_direction(noise.detach() + options["stepSize"] * grad, options)
        else:
            target = clean.detach()
            (grad,) = torch.autograd.grad(kl(adversarial, target) + kl(target, adversarial), noise)
            noise = ascended(noise.detach(), grad, {**options, "maxNorm": options["epsilon"]}, 1e-12)
    adversarial = model.logits(step["batch"], step["draws"][options["steps"] + 1], tokens + noise.detach())
    if options["form"] == "published":
        divergence = kl(adversarial.detach(), clean) + kl(clean.detach(), adversarial)
    else:
        divergence = kl(adversarial, clean) + kl(clean, adversarial)
    loss = F.cross_entropy(clean, step["labels"]) + options["alpha"] * divergence / len(clean)
    loss.backward()
    return loss.item()


METHODS = {"r3f": r3f, "rDrop": r_drop, "freeLb": freelb, "pgd": pgd, "smart": smart}
