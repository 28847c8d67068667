"""Does a folder that ROSE saved load in Python's transformers as what it is here? Used by hand.

    python tools/goldens/check_saved.py FOLDER [--logits FILE]

Says which tensors transformers finds missing or unexpected, what the config says, and the largest difference of the
logits from those in FILE: JSON of {"texts": [["first"], ["first", "second"]], "logits": [[...], [...]], "maxLength": 16},
which `npx tsx --conditions=@rose/source packages/encoders/src/testing/print-logits.ts FOLDER` prints. Ends with 1 where something is not equal.

Written with torch 2.15 and transformers 5.24.
"""

import argparse
import json
import sys

import torch
import transformers

parser = argparse.ArgumentParser()
parser.add_argument("folder")
parser.add_argument("--logits")
arguments = parser.parse_args()

model, found = transformers.AutoModelForSequenceClassification.from_pretrained(
    arguments.folder, output_loading_info=True
)
model.eval()
wrong = {key: sorted(map(str, found.get(key) or [])) for key in ("missing_keys", "unexpected_keys", "mismatched_keys")}
for key, names in wrong.items():
    print(f"{key}: {names or 'none'}")
config = model.config
print(f"{type(model).__name__}, {model.dtype}, {config.problem_type}, {config.num_labels} classes: {config.id2label}")
failed = any(wrong.values()) or model.dtype != torch.float32

if arguments.logits:
    ours = json.load(open(arguments.logits))
    tokenizer = transformers.AutoTokenizer.from_pretrained(arguments.folder)
    largest = 0.0
    for texts, logits in zip(ours["texts"], ours["logits"]):
        encoded = tokenizer(*texts, truncation=True, max_length=ours["maxLength"], return_tensors="pt")
        with torch.no_grad():
            theirs = model(**encoded).logits[0]
        largest = max(largest, (theirs - torch.tensor(logits)).abs().max().item())
    print(f"logits of {len(ours['texts'])} examples: largest difference {largest:.2e}")
    failed = failed or not largest < 1e-4

print("NOT EQUAL" if failed else "equal")
sys.exit(1 if failed else 0)
