#!/usr/bin/env python3
"""A BERT as transformers.js wants it, for tools/bench/transformers-js.mjs. See docs/bench.md.

    python3 tools/bench/export_onnx.py .cache/all-MiniLM-L6-v2 .cache/all-MiniLM-L6-v2-onnx

Reads a folder in the Hugging Face layout and writes another: config.json, model.safetensors and the tokenizer for ROSE
and for transformers.js, onnx/model.onnx for transformers.js. Weights that are missing, such as the head's, are random.
Needs torch, transformers and onnx.
"""

import argparse
from pathlib import Path

import torch
from transformers import AutoTokenizer, BertForSequenceClassification


class Logits(torch.nn.Module):
    """The model with its inputs in order, and with a tensor as its output."""

    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, input_ids, attention_mask, token_type_ids):
        inputs = {"input_ids": input_ids, "attention_mask": attention_mask, "token_type_ids": token_type_ids}
        return self.model(**inputs).logits


def export(model, tokenizer, file):
    texts = ["Both axes change from batch to batch.", "So rows and tokens have names."]
    batch = tokenizer(texts, padding=True, return_tensors="pt")
    names = ["input_ids", "attention_mask", "token_type_ids"]
    torch.onnx.export(
        Logits(model).eval(),
        tuple(batch[name] for name in names),
        str(file),
        input_names=names,
        output_names=["logits"],
        dynamic_axes={name: {0: "batch_size", 1: "sequence_length"} for name in names},
        opset_version=17,
        # The exporter that most models on the hub come from. ONNX Runtime takes a tenth longer for what the newer one writes.
        dynamo=False,
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--classes", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    model = BertForSequenceClassification.from_pretrained(
        options.source, num_labels=options.classes, attn_implementation="eager"
    )
    tokenizer = AutoTokenizer.from_pretrained(options.source)
    (options.target / "onnx").mkdir(parents=True, exist_ok=True)
    model.save_pretrained(options.target)
    tokenizer.save_pretrained(options.target)
    export(model, tokenizer, options.target / "onnx" / "model.onnx")


if __name__ == "__main__":
    main()
