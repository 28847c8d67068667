"""Does a folder that ROSE saved load in Python's transformers as what it is here? Used by hand.

    node --conditions=@rose/source --import tsx tools/goldens/logits_of.mjs FROM --save FOLDER > logits.json
    python tools/goldens/check_saved.py FOLDER --logits logits.json

Says which tensors transformers finds missing or unexpected, what the config says, and the largest difference of the
logits. Ends with 1 where something is not equal. Written with torch 2.15 and transformers 5.24.
"""

import argparse
import json
import sys

import torch
import transformers

transformers.utils.logging.set_verbosity_error()
transformers.utils.logging.disable_progress_bar()
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
    print(f"{key}: {', '.join(names) or 'none'}")
config = model.config
print(f"{type(model).__name__}, {model.dtype}, {config.problem_type}, {config.num_labels} classes: {config.id2label}")
failed = any(wrong.values()) or model.dtype != torch.float32

if arguments.logits:
    rows = json.load(open(arguments.logits))
    takes_types = getattr(config, "type_vocab_size", 1) > 1
    differences = []
    for row in rows:
        inputs = {"input_ids": torch.tensor([row["ids"]])}
        if takes_types:
            inputs["token_type_ids"] = torch.tensor([row["typeIds"]])
        with torch.no_grad():
            differences.append((model(**inputs).logits[0] - torch.tensor(row["logits"])).abs().max().item())
    print(f"logits of {len(rows)} examples: largest difference {max(differences):.2e}")
    failed = failed or not max(differences) < 1e-4

print("NOT EQUAL" if failed else "equal")
sys.exit(1 if failed else 0)
