"""A tiny random BERT and what PyTorch makes of it: token ids, logits, loss and gradients, without dropout and with fixed masks.

Versions of the committed outputs: Python 3.11.2, torch 1.13.0a0 (Debian 12), transformers 4.40.2, tokenizers 0.19.1, safetensors 0.8.0.
Weights are float32, the arithmetic of the goldens is float64. Weights are drawn wide (0.25), so that no unit works in its linear range.
"""

import json
from pathlib import Path

import torch
from safetensors.torch import save_file
from tokenizers import BertWordPieceTokenizer
from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

from random_stream import RandomStream

FIXTURES = Path(__file__).resolve().parents[2] / "packages/encoders/src/testing/fixtures"
WORDS = """a the an is was not no film movie plot story actor scene man woman dog cat house very really good great bad dull warm
funny sad long short quick brown fox jumps over lazy and but of in to it this that . , ! ? ' ##s ##ing ##ed ##ly un ##like ##able"""
EXAMPLES = [
    ["The film is GOOD, really good!"],
    ["a dull story", "the plot is unlikeable and long"],
    ["", "no movie"],
    ["warm"],
]
LABELS = [1, 0, 2, 1]
#: Pairs and single texts that do not fit, and text that is odd.
TOKENIZED = [
    {"texts": ["the quick brown fox jumps over the lazy dog"], "maxLength": 6},
    {"texts": ["the quick brown fox jumps", "the lazy dog and the cat"], "maxLength": 12},
    {"texts": ["the quick brown fox jumps", "the lazy dog and the cat"], "maxLength": 11},
    {"texts": ["the lazy dog and the cat", "the quick brown fox jumps"], "maxLength": 10},
    {"texts": ["a dog", "the quick brown fox jumps over the lazy dog"], "maxLength": 10},
    {"texts": ["the quick brown fox jumps over the lazy dog", "a dog"], "maxLength": 9},
    {"texts": ["a cat", ""], "maxLength": 16},
    {"texts": ["", ""], "maxLength": 16},
    {"texts": [""], "maxLength": 16},
    {"texts": ["Ünlikeable films\tjumping\n over zzz\u00a0cats\u200b ... it's 猫"], "maxLength": 40},
    {"texts": ["the [MASK] is [SEP] good"], "maxLength": 40},
]
DROPOUT_LABELS = ["goldens", "dropout"]


def make_model():
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *WORDS.split()]
    config = BertConfig(
        vocab_size=len(pieces), hidden_size=32, num_hidden_layers=2, num_attention_heads=4, intermediate_size=48,
        max_position_embeddings=40, num_labels=3, initializer_range=0.25,
    )
    torch.manual_seed(0)
    model = BertForSequenceClassification(config)
    for name, parameter in model.named_parameters():
        if name.endswith("bias") or "LayerNorm" in name:
            parameter.data.add_(0.1 * torch.randn_like(parameter))
    folder = FIXTURES / "tiny-bert"
    model.save_pretrained(folder)
    raw = BertWordPieceTokenizer({piece: i for i, piece in enumerate(pieces)}, lowercase=True)
    tokenizer = BertTokenizerFast(tokenizer_object=raw._tokenizer, model_max_length=40)
    tokenizer.save_pretrained(folder)
    for unused in ["vocab.txt", "special_tokens_map.json"]:
        (folder / unused).unlink(missing_ok=True)
    return model.double().eval(), tokenizer


def encode(tokenizer, texts, max_length):
    # In batches, as run_glue.py calls it: one by one, transformers would take an empty second text for none at all.
    encoded = tokenizer(*([text] for text in texts), truncation="longest_first", max_length=max_length)
    return {"ids": encoded["input_ids"][0], "typeIds": encoded["token_type_ids"][0]}


def batch_of(sequences):
    longest = max(len(s["ids"]) for s in sequences)
    pad = lambda key, fill: torch.tensor([s[key] + [fill] * (longest - len(s[key])) for s in sequences])
    mask = torch.tensor([[1] * len(s["ids"]) + [0] * (longest - len(s["ids"])) for s in sequences])
    return {"input_ids": pad("ids", 0), "token_type_ids": pad("typeIds", 0), "attention_mask": mask}


def run(model, batch, prefix, tensors):
    model.zero_grad()
    result = model(**batch, labels=torch.tensor(LABELS))
    result.loss.backward()
    tensors[f"{prefix}.logits"] = result.logits.detach()
    for name, parameter in model.named_parameters():
        tensors[f"{prefix}.gradients.{name}"] = parameter.grad.clone()
    return result.loss.item()


def drop_as_we_do():
    stream = RandomStream(*DROPOUT_LABELS)

    def forward(module, x):
        keep = 1 - module.p
        mask = torch.tensor(stream.bernoulli(x.numel(), keep), dtype=x.dtype).reshape(x.shape)
        return x * mask / keep

    torch.nn.Dropout.forward = forward


def main():
    model, tokenizer = make_model()
    sequences = [encode(tokenizer, texts, 40) for texts in EXAMPLES]
    batch = batch_of(sequences)
    tensors = {}
    loss = run(model, batch, "evaluation", tensors)
    drop_as_we_do()
    for module in model.modules():
        if isinstance(module, torch.nn.Dropout):
            module.p = 0.2
    dropout_loss = run(model, batch, "dropout", tensors)
    goldens = {
        "examples": EXAMPLES, "labels": LABELS, "sequences": sequences,
        "tokenized": [{**case, **encode(tokenizer, case["texts"], case["maxLength"])} for case in TOKENIZED],
        "loss": loss, "dropout": {"labels": DROPOUT_LABELS, "rate": 0.2, "loss": dropout_loss},
    }
    (FIXTURES / "tiny-bert-goldens.json").write_text(json.dumps(goldens, ensure_ascii=False) + "\n")
    save_file({name: t.float().contiguous().clone() for name, t in tensors.items()}, FIXTURES / "tiny-bert-goldens.safetensors")


main()
