"""The tasks of the bench in eager PyTorch. A task becomes a function that does it once more and returns its times."""

import gc
import time

import torch
import torch.nn.functional as F

from torch_bert import ATTENTIONS, CLASSES, BertClassifier

# AdamW's implementations, by the arguments that choose them.
OPTIMIZERS = {"loop": {"foreach": False}, "foreach": {"foreach": True}, "fused": {"fused": True}}


def now():
    return 1000 * time.perf_counter()


def random_rows(task, length):
    size = (task["batch"], length)
    ids = torch.randint(task["shape"]["vocab_size"], size)
    return (ids, torch.zeros(size, dtype=torch.long), torch.ones(size)), torch.randint(CLASSES, size[:1])


def adamw(model, kind):
    """As packages/fine-tuning has it: no decay of biases and norms."""
    weights = [p for p in model.parameters() if p.dim() > 1]
    others = [p for p in model.parameters() if p.dim() <= 1]
    groups = [{"params": weights, "weight_decay": 0.01}, {"params": others, "weight_decay": 0.0}]
    return torch.optim.AdamW(groups, lr=2e-5, betas=(0.9, 0.98), eps=1e-6, **OPTIMIZERS[kind])


def trainer(task, choice):
    model = BertClassifier(task["shape"], choice["attention"]).train()
    optimizer = adamw(model, choice["optimizer"])

    def step(length=task["length"]):
        rows, labels = random_rows(task, length)
        start = now()
        optimizer.zero_grad(set_to_none=True)
        loss = F.cross_entropy(model(*rows), labels)
        loss.backward()
        loss.item()
        updating = now()
        optimizer.step()
        end = now()
        return {"ms": end - start, "optimizerMs": end - updating}

    return step


def train(task, choice):
    return trainer(task, choice)


def compile_(task, choice):
    """What the first step at a new shape costs more than the next one."""
    step = trainer(task, choice)
    length = task["length"]

    def repeat():
        nonlocal length
        difference = step(length)["ms"] - step(length)["ms"]
        length += 1
        return {"ms": difference}

    return repeat


def inference(task, choice):
    model = BertClassifier(task["shape"], choice["attention"]).eval()

    def repeat():
        rows, _ = random_rows(task, task["length"])
        start = now()
        with torch.no_grad():
            model(*rows).softmax(-1).tolist()
        return {"ms": now() - start}

    return repeat


def ceiling(task, _choice):
    a, b = torch.rand(task["rows"], task["inner"]), torch.rand(task["inner"], task["columns"])

    def repeat():
        start = now()
        a @ b
        return {"ms": now() - start}

    return repeat


TASKS = {"train": train, "inference": inference, "compile": compile_, "ceiling": ceiling}


def fastest(names, repeat_for, part, repeats=4):
    """The name whose fastest repeat is the fastest, the first repeat left out; what does not run here is out."""
    best = {}
    for name in names:
        try:
            repeat = repeat_for(name)
            best[name] = min([repeat()[part] for _ in range(repeats)][1:])
        except (RuntimeError, TypeError, NotImplementedError):
            continue
        finally:
            repeat = None
            gc.collect()
    return min(best, key=best.get)


def choose(task):
    """The fastest attention and the fastest AdamW for a task."""
    if task["bench"] == "ceiling":
        return {}
    make = inference if task["bench"] == "inference" else train
    attention = fastest(ATTENTIONS, lambda name: make(task, {"attention": name, "optimizer": "loop"}), "ms")
    if make is inference:
        return {"attention": attention}
    optimizer = fastest(
        OPTIMIZERS, lambda name: train(task, {"attention": attention, "optimizer": name}), "optimizerMs"
    )
    return {"attention": attention, "optimizer": optimizer}
