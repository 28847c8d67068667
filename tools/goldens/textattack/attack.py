"""TextAttack 0.3.11 on the rows that `rose attack` has attacked: an outcome a line, in the order of the rows.

python attack.py RECIPE OURS/outcomes.jsonl OUT.jsonl --victim FOLDER --neighbours FILE [--like-ours words synonyms tags] [--rows N]

First every row's probabilities are compared with ours; beyond 1e-4 nothing is attacked.
Versions of the committed outputs: TextAttack 0.3.11, torch 2.15.0, transformers 5.23.0, nltk 3.10.4, numpy 2.4.6, Python 3.11.
"""

import argparse
import json
import time
from pathlib import Path

from stage import ready

TOLERANCE = 1e-4

arguments = argparse.ArgumentParser()
arguments.add_argument("recipe", choices=["deepwordbug", "pwws", "textfooler", "textfooler-use-lite"])
arguments.add_argument("ours", type=Path)
arguments.add_argument("out", type=Path)
arguments.add_argument("--victim", required=True)
arguments.add_argument("--neighbours", required=True, type=Path)
arguments.add_argument("--like-ours", nargs="*", default=[], choices=["words", "synonyms", "tags"])
arguments.add_argument("--rows", type=int)
args = arguments.parse_args()

rose, stop_words = ready(args.victim)

from recipes import LIKE_OURS, SharedDraws, build, serve, status_of  # noqa: E402
from victim import ShortWrapper, load_victim  # noqa: E402

header, *rows = (json.loads(line) for line in args.ours.read_text().splitlines())
rows = rows[: args.rows]
wrapper = ShortWrapper(*load_victim(args.victim))
worst = 0.0
for row in rows:
    theirs = wrapper(row["original"]["texts"]).softmax(1)[0].tolist()
    worst = max(worst, *(abs(a - b) for a, b in zip(theirs, row["original"]["probabilities"])))
print(f"probabilities of {len(rows)} rows agree to {worst:.1e}", flush=True)
if worst > TOLERANCE:
    raise SystemExit("the victims are not the same")

serve(rose, json.loads(args.neighbours.read_text()))
for decision in args.like_ours:
    LIKE_OURS[decision]()
draws = SharedDraws()
attack = build(args.recipe, wrapper, stop_words)

started = time.monotonic()
args.out.parent.mkdir(parents=True, exist_ok=True)
with args.out.open("w") as out:
    for row in rows:
        draws.begin(header["seed"], header["recipe"]["recipe"], row["id"])
        result = attack.attack(row["original"]["texts"][0], row["label"])
        before, after = result.original_result.attacked_text, result.perturbed_result.attacked_text
        status = status_of(result)
        outcome = {
            "id": row["id"],
            "status": status,
            "perturbedWords": len(before.all_words_diff(after)) if status == "success" else 0,
            "totalWords": len(before.words),
            "queries": result.num_queries,
            **({"adversarial": after.text} if status == "success" else {}),
        }
        out.write(json.dumps(outcome, ensure_ascii=False) + "\n")
print(f"{len(rows)} rows in {time.monotonic() - started:.0f} s")
rose.close()
