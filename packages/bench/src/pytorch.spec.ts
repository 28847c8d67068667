import { execFileSync, spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '@rose/testing';
import { forwardFlops, trainFlops } from './tasks/flops.js';
import { readLines } from './lines.js';
import { findShape } from './tasks/models.js';
import { choosePoints } from './points.js';

const folder = fileURLToPath(new URL('../../../tools/bench', import.meta.url));
const anyPython = spawnSync('python3', ['--version']).status === 0;
const withTorch = process.env['ROSE_PYTHON'] ?? '';

interface Tables {
  readonly shapes: Record<string, unknown>;
  readonly points: Record<string, Record<string, string[]>>;
  readonly flops: [train: number, inference: number];
}

describe.skipIf(!anyPython)('tools/bench/pytorch.py (skipped without python3)', () => {
  let tables: Tables;
  beforeAll(() => {
    tables = JSON.parse(
      execFileSync('python3', [
        '-c',
        `import sys, json; sys.path.insert(0, sys.argv[1]); sys.dont_write_bytecode = True; import pytorch as p
shapes = {name: dict(zip(p.KEYS, sizes)) for name, sizes in p.MODELS.items()}
task = {"shape": shapes["minilm"], "batch": 32, "length": 128}
flops = [p.flops({**task, "bench": bench}) for bench in ("train", "inference")]
print(json.dumps({"shapes": shapes, "points": p.POINTS, "flops": flops}))`,
        folder,
      ]).toString(),
    ) as Tables;
  });

  it('has our models and points', () => {
    for (const [name, shape] of Object.entries(tables.shapes)) expect(shape).toEqual(findShape(name));
    const theirs = Object.entries(tables.points).flatMap(([model, benches]) =>
      Object.entries(benches).flatMap(([bench, sizes]) => sizes.map((size) => `${bench} ${model} ${size}`)),
    );
    const ours = choosePoints({ quick: false, models: Object.keys(tables.points) });
    expect(theirs).toEqual(ours.map(({ bench, model, batch, length }) => `${bench} ${model} ${batch}x${length}`));
  });

  it('counts operations as we do', () => {
    const [shape, size] = [findShape('minilm'), { batch: 32, length: 128 }];
    expect(tables.flops).toEqual([trainFlops(shape, size, 'all tokens'), forwardFlops(shape, size, 'all tokens')]);
  });
});

describe.skipIf(!withTorch)(
  'PyTorch (skipped without ROSE_PYTHON, a Python that has torch)',
  { timeout: 240_000 },
  () => {
    it('writes the lines that --against reads', async () => {
      const file = path.join(await temporaryFolder(), 'theirs.jsonl');
      const args = ['--models=tiny', '--points=2x4', '--repeats=2', `--json=${file}`];
      execFileSync(withTorch, [path.join(folder, 'pytorch.py'), ...args], { stdio: 'pipe' });
      const lines = await readLines(file);
      expect([...lines.values()].map(({ bench }) => bench)).toEqual([
        'ceiling',
        'train',
        'optimizer',
        'inference',
        'compile',
      ]);
      for (const { program } of lines.values()) expect(program).toMatch(/^pytorch \d.* \(.+\)$/);
    });
  },
);
