import { z } from 'zod';
import { methodSections } from './method-settings.js';

const share = z.number().min(0).max(1);
const positiveInteger = z.int().positive();
const names = z.array(z.string().min(1)).nonempty();

/** Where the texts come from. */
const dataSchema = z.strictObject({
  /** `embedded`: mini-GLUE, inside the package. `folder`: files in the Hugging Face layout. */
  source: z.enum(['embedded', 'folder']).default('embedded'),
  /** Folder that holds `datasets/nyu-mll/glue/<task>/*.parquet`; relative to the working directory. */
  hub: z.string().optional(),
  /** Folder that holds AdvGLUE's `dev.json` or `dev_ann.json`. */
  advGlue: z.string().optional(),
  /** A seeded, stratified subset of the train rows; all of them by default. The same rows for every run. */
  trainRows: positiveInteger.optional(),
  /** Only train rows with at least so many words: SST-2's train split is mostly phrases, its dev split sentences. */
  trainMinWords: positiveInteger.optional(),
  /** Only train rows that are not a phrase of another row: SST-2's train split is parse trees, every phrase a row. */
  trainWholeTexts: z.boolean().default(false),
  /** Results of `rose attack`, folders or outcomes.jsonl, whose adversarial texts are trained on as well. */
  augmentWith: z.array(z.string().min(1)).optional(),
  /** Likewise a subset of the dev rows. */
  devRows: positiveInteger.optional(),
});

/** How a variant is trained. The defaults are those of ROSE's released code, but for the length. */
const trainingSchema = z.strictObject({
  epochs: positiveInteger.default(10),
  batchSize: positiveInteger.default(32),
  /** What was published for the variant, task and model, else 2e-5. */
  learningRate: z.number().positive().exactOptional(),
  warmupShare: share.default(0),
  /** What BERT's head sees: its pooler over [CLS], or the mean of the tokens. The model's own way by default. */
  pooling: z.enum(['cls', 'mean']).optional(),
  maxLength: z.int().min(4).max(512).default(128),
  beta1: share.default(0.9),
  beta2: share.default(0.98),
  epsilon: z.number().positive().default(1e-6),
  weightDecay: z.number().min(0).default(0.01),
  maxGradientNorm: z.number().min(0).default(1),
});

/** What the attack suites do. */
const attackSchema = z.strictObject({
  /** How many dev rows are attacked, the same for every run. */
  examples: positiveInteger.default(100),
  synonyms: z.enum(['wordnet', 'counter-fitted']).default('wordnet'),
  /** File with counter-fitted neighbours: {word: [neighbours]}. */
  counterFitted: z.string().optional(),
  /** The encoder of the sentence-similarity constraint. */
  similarity: z.enum(['use-lite', 'none']).default('use-lite'),
  maxCandidates: positiveInteger.default(50),
  /** A folder or hub name for transformers.js, for the recipes that predict words: BAE, BERT-Attack, CLARE. */
  maskedLanguageModel: z.string().optional(),
});

const backendSchema = z.strictObject({
  name: z.string().default('ort'),
});

export const experimentSchema = z.strictObject({
  title: z.string().min(1),
  description: z.string().optional(),
  tasks: names,
  /** `use-lite`, or a folder in the Hugging Face layout. */
  models: names,
  variants: names,
  seeds: z.array(z.int().min(0)).nonempty(),
  suites: names.default(['dev']),
  data: dataSchema.prefault({}),
  training: trainingSchema.prefault({}),
  r3f: methodSections.r3f.prefault({}),
  freeLb: methodSections.freeLb.prefault({}),
  pgd: methodSections.pgd.prefault({}),
  smart: methodSections.smart.prefault({}),
  rDrop: methodSections.rDrop.prefault({}),
  rose: methodSections.rose.prefault({}),
  childTuning: methodSections.childTuning.prefault({}),
  topLayers: methodSections.topLayers.prefault({}),
  mixout: methodSections.mixout.prefault({}),
  attack: attackSchema.prefault({}),
  backend: backendSchema.prefault({}),
});

/** One experiment file, resolved: every default filled in. */
export type Experiment = z.infer<typeof experimentSchema>;

/** The names that a key of a section may have, for the hint when one is misspelt. */
export function knownKeys(path: readonly PropertyKey[]): readonly string[] {
  let schema: unknown = experimentSchema;
  for (const key of path) schema = unwrap((unwrap(schema) as z.ZodObject).shape?.[String(key)]);
  const object = unwrap(schema);
  return object instanceof z.ZodObject ? Object.keys(object.shape) : [];
}

function unwrap(schema: unknown): unknown {
  return schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault || schema instanceof z.ZodOptional
    ? unwrap(schema.unwrap())
    : schema;
}
