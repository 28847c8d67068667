/**
 * transformers.js, measured as `rose bench` measures ROSE. See docs/bench.md.
 *
 *     rose bench --benches=inference --models=minilm --with="node tools/bench/transformers-js.mjs FOLDER"
 *
 * FOLDER is what tools/bench/export_onnx.py writes. Measured is from token ids to class probabilities, as ROSE's `predict`;
 * with --texts the whole `text-classification` pipeline, tokenizing included, which `predict` leaves to its caller.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { Tensor, env, pipeline, softmax } from '@huggingface/transformers';

/** A generator of numbers below `limit`, the same in every process (Steele et al. 2014, SplitMix; 32 bits of it). */
function numbers() {
  let state = 1;
  return (limit) => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) % limit;
  };
}

async function load(folder, threads) {
  // Nothing is looked for on the network, and nothing beside the folder.
  env.allowRemoteModels = false;
  env.localModelPath = path.dirname(path.resolve(folder));
  return pipeline('text-classification', path.basename(folder), {
    device: 'cpu',
    dtype: 'fp32',
    session_options: { intraOpNumThreads: threads, interOpNumThreads: 1 },
  });
}

/** What the task asks for and the model has not: figures of another shape would be compared with ours unseen. */
function checkShape(folder, shape) {
  const config = JSON.parse(readFileSync(path.join(folder, 'config.json'), 'utf8'));
  const other = Object.keys(shape).filter((key) => config[key] !== shape[key]);
  if (other.length > 0)
    throw new Error(`${folder} has another shape: ${other.map((key) => `${key} ${config[key]}`).join(', ')}.`);
}

/** Ids to probabilities: what the pipeline does between its tokenizer and its choice of a label. */
function modelTask({ model }, { shape, batch, length }) {
  const below = numbers();
  const dims = [batch, length];
  return async () => {
    const ids = Int32Array.from({ length: batch * length }, () => below(shape.vocab_size));
    const start = performance.now();
    const { logits } = await model({
      input_ids: new Tensor('int64', BigInt64Array.from(ids, BigInt), dims),
      attention_mask: new Tensor('int64', new BigInt64Array(ids.length).fill(1n), dims),
      token_type_ids: new Tensor('int64', new BigInt64Array(ids.length), dims),
    });
    logits.tolist().map((row) => softmax(row));
    return { ms: performance.now() - start };
  };
}

/** Texts to labels: rows of whole words, each of them one token, between [CLS] and [SEP]. */
function textTask(classify, { batch, length }) {
  const below = numbers();
  const words = [...classify.tokenizer.get_vocab().keys()].filter((word) => /^[a-z]+$/.test(word));
  const text = () => Array.from({ length: length - 2 }, () => words[below(words.length)]).join(' ');
  const tokens = classify.tokenizer(text()).input_ids.dims[1];
  if (tokens !== length) throw new Error(`A row of ${length - 2} words has ${tokens} tokens instead of ${length}.`);
  return async () => {
    const texts = Array.from({ length: batch }, text);
    const start = performance.now();
    await classify(texts, { top_k: null });
    return { ms: performance.now() - start };
  };
}

async function* requests() {
  for await (const line of createInterface({ input: process.stdin })) yield JSON.parse(line);
}

const say = (answer) => process.stdout.write(`${JSON.stringify(answer)}\n`);

async function serve(folder, texts) {
  const asked = requests();
  const { value: task } = await asked.next();
  if (task.bench !== 'inference') throw new Error(`transformers.js can do inference only, not ${task.bench}.`);
  checkShape(folder, task.shape);
  const classify = await load(folder, task.threads);
  const repeat = texts ? textTask(classify, task) : modelTask(classify, task);
  const runtime = createRequire(createRequire(import.meta.url).resolve('@huggingface/transformers'))(
    'onnxruntime-node/package.json',
  );
  say({
    ready: `transformers.js ${env.version}, onnxruntime-node ${runtime.version}`,
    variant: texts ? 'pipeline, texts to labels' : 'model, ids to probabilities',
  });
  for await (const { warmup, repeats } of asked) {
    for (let i = 0; i < warmup; i++) await repeat();
    const timings = [];
    for (let i = 0; i < repeats; i++) timings.push(await repeat());
    say({ repeats: timings, peakRssMiB: process.resourceUsage().maxRSS / 1024 });
  }
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { serve: { type: 'boolean' }, texts: { type: 'boolean' } },
});
try {
  const [folder] = positionals;
  if (!values.serve || !folder) throw new Error('usage: node tools/bench/transformers-js.mjs [--texts] --serve FOLDER');
  await serve(folder, values.texts);
} catch (error) {
  say({ error: error.message });
  process.exitCode = 1;
}
