"""Both programs' outcomes of one recipe side by side: a line a row for the record, and the rows of the table.

python compare.py OURS/outcomes.jsonl THEIRS.jsonl OUT.jsonl [--like-ours THEIRS_WITH_OUR_DECISIONS.jsonl]

In OUT.jsonl, `rose` is "same" where every field is, the adversarial text too.
"""

import argparse
import json
from collections import Counter
from pathlib import Path

FIELDS = ["status", "perturbedWords", "totalWords", "queries", "adversarial"]


def read(path):
    for line in path.read_text().splitlines():
        outcome = json.loads(line)
        if "id" in outcome:
            text = outcome.get("adversarial")
            text = text["texts"][0] if isinstance(text, dict) else text
            yield {"id": outcome["id"], **{f: text if f == "adversarial" else outcome[f] for f in FIELDS}}


def describe(program, outcomes):
    count = Counter(o["status"] for o in outcomes)
    total = lambda field: sum(o[field] for o in outcomes if o["status"] != "skipped")  # noqa: E731
    shares = [o["perturbedWords"] / o["totalWords"] for o in outcomes if o["status"] == "success"]
    attacked = len(outcomes) - count["skipped"]
    share, mean = 100 * sum(shares) / len(shares), total("queries") / attacked
    cells = [count["success"], count["failed"], count["skipped"], total("perturbedWords"), f"{share:.2f} %"]
    print("| " + " | ".join(map(str, [program, *cells, total("queries"), f"{mean:.2f}"])) + " |")


def main():
    arguments = argparse.ArgumentParser()
    for name in ("ours", "theirs", "out"):
        arguments.add_argument(name, type=Path)
    arguments.add_argument("--like-ours", type=Path)
    args = arguments.parse_args()

    ours, theirs = list(read(args.ours)), list(read(args.theirs))
    if [o["id"] for o in ours] != [t["id"] for t in theirs]:
        raise SystemExit("the two files are of different rows")
    describe("TextAttack", theirs)
    describe("ROSE", ours)
    if args.like_ours:
        like_ours = list(read(args.like_ours))
        describe("TextAttack with our decisions", like_ours)
        print(f"with our decisions {sum(a == b for a, b in zip(ours, like_ours))} of {len(ours)} rows are the same")
    changed = Counter(tuple(f for f in FIELDS if o[f] != t[f]) for o, t in zip(ours, theirs))
    print(f"{changed.pop((), 0)} of {len(ours)} rows are the same; what differs in the others: {dict(changed)}")

    args.out.parent.mkdir(parents=True, exist_ok=True)
    lines = [
        {"id": o["id"], "textattack": {f: t[f] for f in FIELDS}, "rose": "same" if o == t else {f: o[f] for f in FIELDS}}
        for o, t in zip(ours, theirs)
    ]
    args.out.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines))


if __name__ == "__main__":
    main()
