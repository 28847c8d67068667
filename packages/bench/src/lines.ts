import { readFile } from 'node:fs/promises';
import { InputError } from '@rose/foundation';
import { z } from 'zod';

const milliseconds = { msMedian: z.number(), msMin: z.number(), msMax: z.number() };
const memory = { peakRssMiB: z.number().positive() };
/** Which program was measured, and how it went about it; ours does not say. */
const program = { program: z.string().optional(), variant: z.string().optional() };
const point = { model: z.string(), batch: z.int().positive(), length: z.int().positive() };
const throughput = { tokensPerSecond: z.number().positive(), ceilingShare: z.number().min(0) };

/** The JSON lines of the bench, one a measurement. A suite adds its own here. */
const lineSchema = z.discriminatedUnion('bench', [
  z.object({ bench: z.literal('ceiling'), ...milliseconds, gflops: z.number().positive(), ...memory, ...program }),
  z.object({ bench: z.literal('train'), ...point, ...milliseconds, ...throughput, ...memory, ...program }),
  z.object({
    bench: z.literal('method'),
    variant: z.string(),
    ...point,
    ...milliseconds,
    timesVanilla: z.number().positive(),
    timesVanillaMin: z.number().positive(),
    timesVanillaMax: z.number().positive(),
    /** By its passes forward and backward. */
    timesExpected: z.number().positive().optional(),
    ...memory,
    program: z.string().optional(),
  }),
  z.object({
    bench: z.literal('fusion'),
    without: z.string(),
    ...point,
    ...milliseconds,
    timesFull: z.number().positive(),
    timesFullMin: z.number().positive(),
    timesFullMax: z.number().positive(),
    ...memory,
    program: z.string().optional(),
  }),
  z.object({
    bench: z.literal('attack'),
    recipe: z.string(),
    ...point,
    ...milliseconds,
    examplesPerMinute: z.number().positive(),
    modelTimeShare: z.number().min(0),
    oneAtATimeRatio: z.number().positive(),
    paddedRatio: z.number().positive().optional(),
    ...memory,
    program: z.string().optional(),
  }),
  z.object({ bench: z.literal('inference'), ...point, ...milliseconds, ...throughput, ...memory, ...program }),
  z.object({ bench: z.literal('optimizer'), ...point, ...milliseconds, stepShare: z.number(), ...memory, ...program }),
  z.object({
    bench: z.literal('compile'),
    ...point,
    ...milliseconds,
    traceMs: z.number().optional(),
    compileMs: z.number().optional(),
    ...memory,
    ...program,
  }),
]);

export type BenchLine = z.infer<typeof lineSchema>;

const benchNames = new Set<unknown>(lineSchema.options.map(({ shape }) => shape.bench.value));

/** Two lines with one key measure the same thing. */
export const lineKey = (line: BenchLine): string =>
  line.bench === 'ceiling' ? line.bench : [line.bench, ...whatOf(line), line.model, line.batch, line.length].join(' ');

/** What sets lines of one bench at one point apart. */
function whatOf(line: BenchLine): string[] {
  if (line.bench === 'method') return [line.variant];
  return line.bench === 'fusion' ? [line.without] : [];
}

/**
 * The measurements of a file by their keys, the last of each; benches that we do not know are left out.
 * @throws InputError with file and line for what is no measurement
 */
export async function readLines(file: string): Promise<Map<string, BenchLine>> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new InputError('The measurements cannot be read.', {
      where: file,
      option: 'against',
      hint: 'Give a file of JSON lines, as a bench or tools/bench/pytorch.py writes it.',
      cause,
    });
  });
  const lines = new Map<string, BenchLine>();
  for (const [row, json] of text.split('\n').entries()) {
    if (json.trim() === '') continue;
    const line = parseLine(json, `${file}:${row + 1}`);
    if (line) lines.set(lineKey(line), line);
  }
  return lines;
}

function parseLine(json: string, where: string): BenchLine | undefined {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (cause) {
    throw new InputError('The line is no JSON.', {
      where,
      option: 'against',
      hint: 'Each line holds one measurement.',
      cause,
    });
  }
  const named = (value as { bench?: unknown } | null)?.bench;
  if (typeof named === 'string' && !benchNames.has(named)) return undefined;
  const parsed = lineSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new InputError(`The line is no measurement:\n${z.prettifyError(parsed.error)}`, {
    where,
    option: 'against',
    hint: 'docs/bench.md shows the lines.',
  });
}
