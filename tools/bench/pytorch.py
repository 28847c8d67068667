#!/usr/bin/env python3
"""Eager PyTorch on the CPU, measured as `rose bench` measures ROSE. See docs/bench.md.

In turns with ROSE:   rose bench --with="python3 tools/bench/pytorch.py"
By itself:            python3 tools/bench/pytorch.py --json=pytorch.jsonl [--models=minilm] [--points=32x32]
"""

import argparse
import json
import re
import resource
import statistics
import subprocess
import sys

sys.dont_write_bytecode = True

MODELS = {
    "minilm": (6, 384, 12, 1536, 30522, 512, 2),
    "roberta-base": (12, 768, 12, 3072, 50265, 514, 1),
    "tiny": (2, 32, 4, 64, 512, 64, 2),
}
KEYS = (
    "num_hidden_layers hidden_size num_attention_heads intermediate_size vocab_size max_position_embeddings type_vocab_size"
).split()
POINTS = {
    "minilm": {"train": ["8x32", "32x32", "32x128"], "inference": ["64x32", "64x128"], "compile": ["32x32"]},
    "roberta-base": {"train": ["8x32", "16x64"], "inference": ["16x64"], "compile": ["8x32"]},
    "tiny": {"train": ["4x8"], "inference": ["4x8"], "compile": ["4x8"]},
}
CEILING = {"bench": "ceiling", "rows": 2048, "inner": 1536, "columns": 384}


def say(answer):
    print(json.dumps(answer), flush=True)


def program_name():
    import torch

    blas = re.search(r"BLAS_INFO=(\w+)", torch.__config__.show())
    return f"pytorch {torch.__version__} ({blas.group(1) if blas else 'unknown BLAS'})"


def choose_elsewhere(task):
    """Chosen by a process of its own: what it tries must not raise the peak memory of this one."""
    tried = subprocess.run(
        [sys.executable, __file__, "--choose"], input=json.dumps(task), stdout=subprocess.PIPE, text=True, check=True
    )
    return json.loads(tried.stdout)


def serve():
    """The measured side of the protocol."""
    task = json.loads(sys.stdin.readline())
    choice = choose_elsewhere(task)
    import torch
    from torch_tasks import TASKS

    torch.set_num_threads(task["threads"])
    torch.manual_seed(1)
    repeat = TASKS[task["bench"]](task, choice)
    variant = ", ".join(f"{name} {part}" for part, name in choice.items())
    say({"ready": program_name(), **({"variant": variant} if variant else {})})
    for line in sys.stdin:
        asked = json.loads(line)
        for _ in range(asked["warmup"]):
            repeat()
        repeats = [repeat() for _ in range(asked["repeats"])]
        say({"repeats": repeats, "peakRssMiB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024})


def choose():
    import torch
    from torch_tasks import choose as choose_for

    task = json.load(sys.stdin)
    torch.set_num_threads(task["threads"])
    say(choose_for(task))


def measure(task, repeats):
    """Does one task in a process of its own."""
    command = [sys.executable, __file__, "--serve"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:

        def ask(request):
            child.stdin.write(json.dumps(request) + "\n")
            child.stdin.flush()
            return json.loads(child.stdout.readline())

        ready = ask(task)
        answer = ask({"warmup": 1 if task["bench"] == "compile" else 2, "repeats": repeats})
        child.stdin.close()
    program = {"program": ready["ready"], **({"variant": ready["variant"]} if "variant" in ready else {})}
    return answer["repeats"], round(answer["peakRssMiB"], 1), program


def flops(task):
    """Matrix products, as apps/runner/src/bench/flops.ts counts them."""
    if task["bench"] == "ceiling":
        return 2 * task["rows"] * task["inner"] * task["columns"]
    shape, batch, length = task["shape"], task["batch"], task["length"]
    width, tokens = shape["hidden_size"], batch * length
    layer = tokens * width * (8 * width + 4 * shape["intermediate_size"]) + 4 * batch * length * length * width
    forward = shape["num_hidden_layers"] * layer + 2 * batch * width * (width + 2)
    return forward * (3 if task["bench"] == "train" else 1)


def summary(times):
    return {
        "msMedian": round(statistics.median(times), 3),
        "msMin": round(min(times), 3),
        "msMax": round(max(times), 3),
    }


def lines_of(task, model, repeats, ceiling):
    """The JSON lines of one point; `ceiling` in GFLOP/s."""
    timings, peak, program = measure(task, repeats)
    point = {"model": model, "batch": task["batch"], "length": task["length"]}
    total = summary([timing["ms"] for timing in timings])
    rest = {"peakRssMiB": peak, **program}
    if task["bench"] == "compile":
        yield {"bench": "compile", **point, **total, **rest}
        return
    both = statistics.median(timing["ms"] - timing.get("optimizerMs", 0) for timing in timings)
    speed = {
        "tokensPerSecond": round(1000 * task["batch"] * task["length"] / total["msMedian"], 1),
        "ceilingShare": round(flops(task) / both / 1e6 / ceiling, 4),
    }
    yield {"bench": task["bench"], **point, **total, **speed, **rest}
    if task["bench"] == "train":
        part = summary([timing["optimizerMs"] for timing in timings])
        share = round(part["msMedian"] / total["msMedian"], 4)
        yield {"bench": "optimizer", **point, **part, "stepShare": share, **rest}


def alone(options):
    """All points, one after another; the ceiling is PyTorch's own product."""
    with open(options.json, "w") as file:

        def put(line):
            file.write(json.dumps(line) + "\n")
            file.flush()
            say(line)

        ceiling = {**CEILING, "threads": options.threads}
        timings, peak, program = measure(ceiling, options.repeats)
        times = summary([timing["ms"] for timing in timings])
        gflops = round(flops(ceiling) / times["msMedian"] / 1e6, 1)
        put({"bench": "ceiling", **times, "gflops": gflops, "peakRssMiB": peak, **program})
        for model in options.models.split(","):
            shape = dict(zip(KEYS, MODELS[model]))
            for bench in options.benches.split(","):
                for point in options.points.split(",") if options.points else POINTS[model][bench]:
                    batch, length = map(int, point.split("x"))
                    task = {"bench": bench, "shape": shape, "batch": batch, "length": length}
                    for line in lines_of({**task, "threads": options.threads}, model, options.repeats, gflops):
                        put(line)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--serve", action="store_true", help="be the measured program (docs/bench.md)")
    parser.add_argument("--choose", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--json", default="pytorch.jsonl", help="file to write with a line for each measurement")
    parser.add_argument("--models", default="minilm,roberta-base")
    parser.add_argument("--benches", default="train,inference,compile")
    parser.add_argument("--points", help="rows x tokens of a batch: 32x32,32x128")
    parser.add_argument("--repeats", type=int, default=9)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    if options.serve:
        serve()
    elif options.choose:
        choose()
    else:
        alone(options)


if __name__ == "__main__":
    main()
