"""Sentence vectors of the real all-mpnet-base-v2, by Python's transformers: the mean over the tokens, normalised.

Versions of the committed output: Python 3.11.7, torch 2.15.0, transformers 5.14.1, tokenizers 0.23.2.
Needs tools/fetch-mpnet.sh.
"""

import json
from pathlib import Path

import torch
from transformers import AutoModel, AutoTokenizer

ROOT = Path(__file__).resolve().parents[2]
SENTENCES = [
    "the quick brown fox jumps over the lazy dog .",
    "an utterly compelling film that never lets go , from its opening shot to the last",
    "no",
    "It is " + "really, " * 40 + "long.",
]
#: Components of each vector that are kept.
KEPT = 24

folder = ROOT / ".cache/all-mpnet-base-v2"
tokenizer = AutoTokenizer.from_pretrained(folder)
model = AutoModel.from_pretrained(folder).eval()
batch = tokenizer(SENTENCES, return_tensors="pt", padding=True)
with torch.no_grad():
    states = model(**batch).last_hidden_state
mask = batch["attention_mask"][:, :, None].float()
vectors = torch.nn.functional.normalize((states * mask).sum(1) / mask.sum(1))
lengths = batch["attention_mask"].sum(1).tolist()
goldens = {
    "sentences": SENTENCES,
    "ids": [row[:length].tolist() for row, length in zip(batch["input_ids"], lengths)],
    "firstComponents": vectors[:, :KEPT].tolist(),
    "similarities": (vectors @ vectors.T).tolist(),
}
path = ROOT / "packages/experiments/src/testing/fixtures/mpnet-goldens.json"
path.write_text(json.dumps(goldens) + "\n")
