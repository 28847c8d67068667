"""Asks a Node process of ours, a line of JSON for a line of JSON, so that TextAttack decides by the very same answers."""

import json
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
NODE = ["node", "--conditions=@rose/source", "--import", "tsx"]


class Rose:
    def __init__(self, script, *arguments):
        command = [*NODE, f"tools/goldens/textattack/{script}", *map(str, arguments)]
        self.process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def request(self, **request):
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def __call__(self, ask, **request):
        return self.request(ask=ask, **request)

    def close(self):
        self.process.stdin.close()
        self.process.wait()
