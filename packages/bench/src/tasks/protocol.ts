import { z } from 'zod';

/**
 * How the bench talks to a program that is measured: JSON lines, requests on its stdin, answers on its stdout. The first
 * line says what to do and is answered once everything is ready but nothing has run; every further line asks for a round of
 * repeats. The end of stdin ends the program. docs/bench.md shows a conversation.
 */

const positive = z.int().positive();

const shapeSchema = z.object({
  num_hidden_layers: positive,
  hidden_size: positive,
  num_attention_heads: positive,
  intermediate_size: positive,
  vocab_size: positive,
  max_position_embeddings: positive.default(512),
  type_vocab_size: positive.default(2),
});

const pointFields = { shape: shapeSchema, batch: positive, length: positive, threads: positive };

/** The first line. */
export const taskSchema = z.discriminatedUnion('bench', [
  /** `without`: one of our fusions to do without, see fusions.ts; other programs are not asked for it. */
  z.object({ bench: z.literal('train'), ...pointFields, without: z.string().optional() }),
  z.object({ bench: z.literal('inference'), ...pointFields }),
  z.object({ bench: z.literal('compile'), ...pointFields }),
  /** A training step of a variant, `objective+selection`, with masks. */
  z.object({ bench: z.literal('method'), variant: z.string(), ...pointFields }),
  /** The product [rows, inner] · [inner, columns]. */
  z.object({ bench: z.literal('ceiling'), rows: positive, inner: positive, columns: positive, threads: positive }),
]);

/** Its answer: the program's name, with versions, and how it goes about the task where it has a choice. */
export const readySchema = z.object({ ready: z.string(), variant: z.string().optional() });

/** Every further line: so many repeats whose time nobody wants, then so many that are timed. */
export const roundSchema = z.object({ warmup: z.int().min(0), repeats: positive });

/** One timed repeat. */
export const timingSchema = z.object({
  ms: z.number(),
  /** train: the part of `ms` that the optimizer took. */
  optimizerMs: z.number().optional(),
  /** compile, where the program knows: finding out what is to be computed, and compiling it. */
  traceMs: z.number().optional(),
  compileMs: z.number().optional(),
});

/** The answer to a round. The peak is that of the process so far. */
export const roundAnswerSchema = z.object({ repeats: z.array(timingSchema), peakRssMiB: z.number().positive() });

/** The answer to anything that went wrong; the program ends after it. */
export const failureSchema = z.object({ error: z.string() });

export type Task = z.infer<typeof taskSchema>;
export type MethodTask = Extract<Task, { bench: 'method' }>;
export type PointTask = Exclude<Task, { bench: 'ceiling' | 'method' }>;
export type CeilingTask = Extract<Task, { bench: 'ceiling' }>;
export type Ready = z.infer<typeof readySchema>;
export type Round = z.infer<typeof roundSchema>;
export type Timing = z.infer<typeof timingSchema>;
export type RoundAnswer = z.infer<typeof roundAnswerSchema>;

/** Does a task once more and says how long it took. */
export type Repeat = () => Promise<Timing>;
