"""Sentence vectors and token ids of all-MiniLM-L6-v2 as PyTorch computes them: masked mean of the last layer, L2 normalised.

Versions of the committed outputs: Python 3.11.2, torch 1.13.0a0 (Debian 12), transformers 4.40.2, tokenizers 0.19.1, safetensors 0.8.0.
Needs `tools/fetch-minilm.sh`. The vectors are computed in float64 in one batch with padding.
"""

import json
from pathlib import Path

import torch
from safetensors.torch import save_file
from transformers import AutoModel, AutoTokenizer

ROOT = Path(__file__).resolve().parents[2]
FIXTURES = ROOT / "packages/encoders/src/testing/fixtures"
MODEL = ROOT / ".cache/all-MiniLM-L6-v2"
SENTENCES = [
    "The quick brown fox jumps over the lazy dog.",
    "A tender, funny, and never once dull film.",
    "it 's a charming and often affecting journey .",
    "unflinchingly bleak and desperate",
    "How do I find my YouTube comments?",
    "Café, Zürich, 東京 and 🙂",
    "ok",
    "",
]
#: For the token ids only: the tests run in plain JavaScript, where long texts take minutes.
LONG = [
    "Café naïveté — résumé, Zürich, 東京 and 🙂 emoji; what's the best way to learn French in 2024??",
    "No Weapons of Mass Destruction Found in Iraq Yet. " * 40,
]

tokenizer = AutoTokenizer.from_pretrained(MODEL)
model = AutoModel.from_pretrained(MODEL).double().eval()
batch = tokenizer(SENTENCES, padding=True, truncation=True, max_length=256, return_tensors="pt")
with torch.no_grad():
    hidden = model(**batch).last_hidden_state
mask = batch["attention_mask"].unsqueeze(-1)
vectors = torch.nn.functional.normalize((hidden * mask).sum(1) / mask.sum(1), dim=-1)

goldens = {"sentences": SENTENCES, "long": LONG}
goldens["ids"] = [tokenizer(s, truncation=True, max_length=256)["input_ids"] for s in SENTENCES + LONG]
(FIXTURES / "minilm-goldens.json").write_text(json.dumps(goldens, ensure_ascii=False) + "\n")
save_file({"embeddings": vectors.float().contiguous()}, FIXTURES / "minilm-goldens.safetensors")
