import type { Settings } from '@rose/foundation';
import { z } from 'zod';

const share = z.number().min(0).max(1);
const positiveInteger = z.int().positive();
const names = z.array(z.string().min(1)).nonempty();

/** Where the texts come from. */
const dataSettings = z.strictObject({
  source: z
    .enum(['embedded', 'folder'])
    .default('embedded')
    .describe('embedded: mini-GLUE, inside the package. folder: files in the Hugging Face layout'),
  hub: z
    .string()
    .optional()
    .describe('Folder that holds datasets/nyu-mll/glue/<task>/*.parquet; by default that of the data folder'),
  advGlue: z
    .string()
    .optional()
    .describe("Folder that holds AdvGLUE's dev.json or dev_ann.json; by default that of the data folder"),
  trainRows: positiveInteger
    .optional()
    .describe('A seeded, stratified subset of the train rows, the same for every run; all by default'),
  trainMinWords: positiveInteger
    .optional()
    .describe("Only train rows with at least so many words: SST-2's train split is mostly phrases"),
  trainWholeTexts: z
    .boolean()
    .default(false)
    .describe("Only train rows that are no phrase of another row: SST-2's train split is parse trees"),
  augmentWith: z
    .array(z.string().min(1))
    .nonempty()
    .optional()
    .describe('Results of attacks, folders or outcomes.jsonl, whose adversarial texts are trained on as well'),
  devRows: positiveInteger.optional().describe('Likewise a subset of the dev rows'),
});

/** How a variant is trained. The defaults are those of ROSE's released code, but for the length. */
const trainingSettings = z.strictObject({
  epochs: positiveInteger.default(10).describe("Passes over the train rows; ROSE's released code: 10"),
  batchSize: positiveInteger.default(32).describe("Rows a step; ROSE's released code: 32"),
  learningRate: z
    .number()
    .positive()
    .exactOptional()
    .describe('At its peak; what was published for the variant, task and model, else 2e-5'),
  warmupShare: share.default(0).describe('Share of the steps over which the learning rate rises; released: 0'),
  pooling: z
    .enum(['cls', 'mean'])
    .optional()
    .describe(
      "What BERT's head sees: its pooler over [CLS], or the mean of the tokens; the model's own way by default",
    ),
  maxLength: z.int().min(4).max(512).default(128).describe('Most tokens of a text; released: 128'),
  beta1: share.default(0.9).describe('β₁ of AdamW; released: 0.9'),
  beta2: share.default(0.98).describe('β₂ of AdamW; released: 0.98'),
  epsilon: z.number().positive().default(1e-6).describe('ε of AdamW; released: 1e-6'),
  weightDecay: z.number().min(0).default(0.01).describe('Decoupled; biases and norms have none. Released: 0.01'),
  maxGradientNorm: z.number().min(0).default(1).describe('Global gradient clipping; 0 for none. Released: 1'),
});

/** What attack suites share; each recipe has settings of its own beside them. */
const attackSettings = z.strictObject({
  examples: positiveInteger.default(100).describe('How many dev rows are attacked, the same for every run'),
  synonyms: z.enum(['wordnet', 'counter-fitted']).default('wordnet').describe('Where recipes find synonyms'),
  counterFitted: z
    .string()
    .optional()
    .describe('Counter-fitted neighbours (.json) or vectors (.txt); by default the neighbours of the data folder'),
  similarity: z
    .enum(['use-lite', 'none'])
    .default('use-lite')
    .describe('The encoder of the sentence-similarity constraint'),
  maskedLanguageModel: z
    .string()
    .optional()
    .describe(
      'For the recipes that predict words: a folder with model.safetensors, or a folder or hub name for transformers.js',
    ),
});

const backendSettings = z.strictObject({
  name: z.string().default('ort').describe('Where tensors are computed'),
});

const baseShape = {
  title: z.string().min(1),
  description: z.string().optional(),
  tasks: names.describe('Names of tasks'),
  models: names.describe('use-lite, or folders in the Hugging Face layout'),
  variants: names.describe('objective, selection, or objective+selection[+selection]'),
  seeds: z.array(z.int().min(0)).nonempty().describe('One run each'),
  suites: names.default(['dev']).describe('What scores a run: dev, advglue, or attack recipes'),
  data: dataSettings.prefault({}),
  training: trainingSettings.prefault({}),
  attack: attackSettings.prefault({}),
  backend: backendSettings.prefault({}),
};

/** One experiment file with every default filled in. The sections of methods stand beside those that are named here. */
export type Experiment = z.output<z.ZodObject<typeof baseShape>> & {
  readonly attack: { readonly recipes?: Readonly<Record<string, Readonly<Record<string, unknown>>>> };
  readonly [section: string]: unknown;
};

export interface SchemaParts {
  /** By their names in an experiment. */
  readonly methodSections: ReadonlyMap<string, Settings>;
  /** Settings of recipes by name. */
  readonly recipes: ReadonlyMap<string, Settings>;
}

/** The schema of experiments, with a section for each method and each recipe that there is. */
export function experimentSchema({ methodSections, recipes }: SchemaParts): z.ZodObject {
  const taken = [...methodSections.keys()].find((section) => section in baseShape);
  if (taken !== undefined) throw new Error(`A method's settings cannot stand in the section '${taken}'.`);
  const optional = (parts: ReadonlyMap<string, Settings>) =>
    Object.fromEntries([...parts].map(([name, settings]) => [name, settings.prefault({})]));
  const ofRecipes = [...recipes].filter(([, settings]) => Object.keys(settings.shape).length > 0);
  return z.strictObject({
    ...baseShape,
    ...optional(methodSections),
    attack: z
      .strictObject({ ...attackSettings.shape, recipes: z.strictObject(optional(new Map(ofRecipes))).prefault({}) })
      .prefault({}),
  });
}
