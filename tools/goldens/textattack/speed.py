"""Examples a minute of TextFooler: TextAttack 0.3.11 at its own defaults, and ours, in turns on the same rows.

python speed.py OURS/outcomes.jsonl --victim FOLDER --neighbours FILE [--rows 20] [--rounds 2]

`textattack` has its defaults: its own wrapper (512 tokens a text), 32 texts a call, one example after another.
`textattack-short` pads to the longest text of a call. What cannot be had here costs either nothing: parts of speech and
sentence vectors lie in a table that an untimed pass has filled. `rose` computes both; `rose-no-encoder` leaves the sentence
encoder out, for a look at the two schedules alone.
"""

import argparse
import json
import os
import time
from pathlib import Path

from rose import Rose
from stage import ready

arguments = argparse.ArgumentParser()
arguments.add_argument("ours", type=Path)
arguments.add_argument("--victim", required=True)
arguments.add_argument("--neighbours", required=True, type=Path)
arguments.add_argument("--rows", type=int, default=20)
arguments.add_argument("--rounds", type=int, default=2)
args = arguments.parse_args()

rose, stop_words = ready(args.victim)

from recipes import build, serve, status_of  # noqa: E402
from victim import ShortWrapper, default_wrapper, load_victim  # noqa: E402

serve(rose, json.loads(args.neighbours.read_text()))
lines = args.ours.read_text().splitlines()[1 : args.rows + 1]
rows = [{"id": o["id"], "texts": o["original"]["texts"], "label": o["label"]} for o in map(json.loads, lines)]
model = load_victim(args.victim)


def attack(wrapper):
    recipe = build("textfooler-use-lite", wrapper, stop_words)
    counts = {"success": 0, "failed": 0, "skipped": 0, "queries": 0}
    began = time.monotonic()
    for row in rows:
        result = recipe.attack(row["texts"][0], row["label"])
        status = status_of(result)
        counts[status] += 1
        counts["queries"] += 0 if status == "skipped" else result.num_queries
    return {"seconds": time.monotonic() - began, **counts}


ours = Rose("speed.mjs", args.victim, args.neighbours.resolve())
sides = {
    "rose": lambda: ours.request(rows=rows, encoder=True),
    "textattack": lambda: attack(default_wrapper(*model)),
    "rose-no-encoder": lambda: ours.request(rows=rows, encoder=False),
    "textattack-short": lambda: attack(ShortWrapper(*model)),
}
attack(ShortWrapper(*model))
rose.close()
for encoder in (True, False):
    ours.request(rows=rows, encoder=encoder)
for turn in range(args.rounds):
    for name, run in sides.items():
        load = os.getloadavg()[0]
        answer = run()
        line = {"program": name, "round": turn, "examplesPerMinute": round(60 * len(rows) / answer["seconds"], 2)}
        print(json.dumps({**line, "rows": len(rows), "loadBefore": round(load, 2), **answer}), flush=True)
ours.close()
