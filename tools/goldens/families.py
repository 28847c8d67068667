"""Tiny random models of every family and head, and what Python's transformers makes of them.

Versions of the committed outputs: Python 3.11.7, torch 2.15.0, transformers 5.24.0, safetensors 0.8.0, numpy 2.4.6.
Each case is a folder under `packages/encoders/src/testing/fixtures/families`: config.json and model.safetensors as
`save_pretrained` writes them, goldens.json (what goes in) and goldens.safetensors (what comes out). The model is read back
from its folder before it is asked. Weights are float32 and drawn wide, so that no unit works in its linear range; the
arithmetic is float64, attention is eager, nothing is dropped.

    python tools/goldens/families.py [part of a case's name ...]
"""

import json
import shutil
import sys
import zlib
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from transformers import AutoConfig, AutoModelForMaskedLM, AutoModelForSequenceClassification
from transformers.models.modernbert import modeling_modernbert

from families_cases import CASES
from families_training import write_training

OUT = Path(__file__).resolve().parents[2] / "packages/encoders/src/testing/fixtures/families"
HEADS = {"classification": AutoModelForSequenceClassification, "regression": AutoModelForSequenceClassification,
         "masked-lm": AutoModelForMaskedLM}
FIRST_WORD = 5


def compute_in_float64():
    """ModernBERT rotates and normalises scores in float32, where float64's lowest number, its mask, is minus infinity."""
    softmax = torch.nn.functional.softmax
    torch.nn.functional.softmax = lambda x, dim, dtype=None: softmax(x, dim=dim)

    def rotate(q, k, cos, sin, unsqueeze_dim=1):
        cos, sin = cos.unsqueeze(unsqueeze_dim), sin.unsqueeze(unsqueeze_dim)
        half = modeling_modernbert.rotate_half
        return q * cos + half(q) * sin, k * cos + half(k) * sin

    modeling_modernbert.apply_rotary_pos_emb = rotate


def spread_of(name, shape):
    """Mean and standard deviation of a parameter's values."""
    if len(shape) == 1:
        return (1, 0.2) if "norm" in name.lower() and name.endswith("weight") else (0, 0.2)
    if "embeddings" in name or "relative_attention_bias" in name:
        return 0, 0.5
    return 0, 0.3


@torch.no_grad()
def draw_weights(model, generator):
    for name, parameter in model.named_parameters():
        mean, deviation = spread_of(name, parameter.shape)
        parameter.copy_(mean + deviation * torch.randn(parameter.shape, generator=generator))


def draw_inputs(case, config, generator):
    """Ids that are no special tokens. With token types, the second text of a pair begins anywhere."""
    types = getattr(config, "type_vocab_size", 0) or 0
    ids, type_ids = [], []
    for length in case["lengths"]:
        ids.append(torch.randint(FIRST_WORD, config.vocab_size, (length,), generator=generator).tolist())
        begin = int(torch.randint(1, length + 1, (), generator=generator))
        type_ids.append([int(types > 1 and i >= begin) for i in range(length)])
    rows = len(ids)
    if case["problem"] == "regression":
        labels = [round(x, 2) for x in torch.randn(rows, generator=generator).tolist()]
    elif case["problem"] == "classification":
        labels = torch.randint(0, case["classes"], (rows,), generator=generator).tolist()
    else:
        labels = []
    return {"ids": ids, "typeIds": type_ids, "labels": labels}


def padded(rows, fill):
    longest = max(len(row) for row in rows)
    return torch.tensor([row + [fill] * (longest - len(row)) for row in rows])


def batch_of(inputs, config):
    batch = {
        "input_ids": padded(inputs["ids"], config.pad_token_id),
        "attention_mask": padded([[1] * len(row) for row in inputs["ids"]], 0),
    }
    if (getattr(config, "type_vocab_size", 0) or 0) > 0:
        batch["token_type_ids"] = padded(inputs["typeIds"], 0)
    return batch


def make_folder(case, folder, generator):
    """The folder as its author would save it, with keys of config.json replaced by the ones of older versions if asked."""
    fields = dict(case["config"])
    if case["problem"] != "masked-lm":
        fields["num_labels"] = case["classes"]
    config = AutoConfig.for_model(case["type"], **fields)
    model = HEADS[case["problem"]].from_config(config, attn_implementation="eager").float()
    draw_weights(model, generator)
    model.save_pretrained(folder)
    (folder / "generation_config.json").unlink(missing_ok=True)
    if case["rewrite"]:
        path = folder / "config.json"
        config = case["rewrite"](json.loads(path.read_text()))
        path.write_text(json.dumps(config, indent=2) + "\n")
    return model


def read_back(case, folder, **fields):
    config = AutoConfig.from_pretrained(folder)
    for key in fields.keys() & config.to_dict().keys():
        setattr(config, key, fields[key])
    model, info = HEADS[case["problem"]].from_pretrained(
        folder, config=config, attn_implementation="eager", dtype=torch.float32, output_loading_info=True
    )
    problems = {key: value for key, value in info.items() if value}
    if problems:
        print(f"  loading says {problems}")
    return model.double().eval()


def check_names(model, folder):
    """Every parameter is saved under its name, or under the one it is tied to."""
    saved = load_file(folder / "model.safetensors")
    named = dict(model.named_parameters(remove_duplicate=False))
    assert saved.keys() <= named.keys()
    assert {id(named[name]) for name in saved} == {id(parameter) for parameter in named.values()}
    for name, values in saved.items():
        assert values.dtype == torch.float32 and torch.equal(values.double(), named[name].detach()), name


def real_tokens(states, mask):
    return states * mask[:, :, None]


def run(model, case, inputs):
    tensors = {}
    batch = batch_of(inputs, model.config)
    mask = batch["attention_mask"]
    labels = {}
    # The problem is said aloud: DeBERTa would guess it, and go on in float32 or with logits of another shape.
    if case["problem"] == "classification":
        model.config.problem_type = "single_label_classification"
        labels = {"labels": torch.tensor(inputs["labels"])}
    elif case["problem"] == "regression":
        model.config.problem_type = "regression"
        labels = {"labels": torch.tensor(inputs["labels"], dtype=torch.float64)}
    result = model(**batch, **labels, output_hidden_states=True)
    for i, states in enumerate(result.hidden_states):
        tensors[f"hidden_states.{i}"] = real_tokens(states, mask)
    tensors["logits"] = result.logits if labels else real_tokens(result.logits, mask)
    if labels:
        tensors["loss"] = result.loss.reshape(1)
        result.loss.backward()
        for name, parameter in model.named_parameters():
            if parameter.grad is None:
                print(f"  no gradient: {name} (trainable: {parameter.requires_grad})")
            else:
                tensors[f"gradients.{name}"] = parameter.grad
    return {name: tensor.detach().float().contiguous().clone() for name, tensor in tensors.items()}


def write_case(name, case):
    folder = OUT / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    generator = torch.Generator().manual_seed(zlib.crc32(name.encode()))
    make_folder(case, folder, generator)
    model = read_back(case, folder)
    check_names(model, folder)
    inputs = draw_inputs(case, model.config, generator)
    tensors = run(model, case, inputs)
    assert all(tensor.isfinite().all() for tensor in tensors.values())
    save_file(tensors, folder / "goldens.safetensors")
    goldens = {
        "problem": case["problem"], **({"classes": case["classes"]} if "classes" in case else {}),
        "padId": model.config.pad_token_id, **inputs,
    }
    (folder / "goldens.json").write_text(json.dumps(goldens, separators=(",", ":")) + "\n")
    if case.get("training"):
        batch, labels = batch_of(inputs, model.config), torch.tensor(inputs["labels"])
        write_training(name, folder, lambda rates: read_back(case, folder, **rates), batch, labels)
    size = sum(path.stat().st_size for path in folder.iterdir())
    loss = f", loss {tensors['loss'].item():.3f}" if "loss" in tensors else ""
    print(f"{name}: {size // 1024} KiB{loss}")
    return size


def main(parts):
    # Sums in one order, so that the same bits come out again.
    torch.set_num_threads(1)
    compute_in_float64()
    chosen = {name: case for name, case in CASES.items() if not parts or any(part in name for part in parts)}
    total = sum(write_case(name, case) for name, case in chosen.items())
    print(f"{len(chosen)} cases, {total // 1024} KiB")


if __name__ == "__main__":
    main(sys.argv[1:])
