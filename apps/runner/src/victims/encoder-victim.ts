import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { labelOrder } from '@rose/attacks/internal';
import { type TextClassifier, loadClassifier } from '@rose/encoders';
import { predict } from '@rose/fine-tuning';
import { InputError } from '@rose/foundation';
import { modelFingerprint } from '../registry/models.js';
import { gradientNorms } from './gradient-norms.js';
import { type OpenedVictim, type VictimTask, reordered } from './opened-victim.js';

/** As many texts as fill two batches of `predict`, which sorts them by tokens. */
const BATCH_SIZE = 64;

export interface EncoderVictimOptions extends VictimTask {
  /** A checkpoint of ours, or any classifier in the Hugging Face layout that our encoders read. */
  readonly folder: string;
  /** Most tokens of a text; default 128, or fewer where the model reads fewer. */
  readonly maxLength?: number | undefined;
}

/**
 * A fine-tuned encoder on the backend that has been started. Shows gradients, for white-box attacks.
 * @throws InputError for a folder that holds none, and for one without a trained head
 */
export async function encoderVictim(options: EncoderVictimOptions): Promise<OpenedVictim> {
  const { folder, labels, victimLabels: wanted } = options;
  const config = await readConfig(folder);
  const victimLabels = namesOf(config);
  const order = labelOrder({ victimLabels, taskLabels: labels, labels: wanted });
  const model = await loadClassifier({
    model: folder,
    classes: victimLabels.length,
    seed: 0,
    maxLength: options.maxLength ?? Math.min(128, positionsOf(config)),
  });
  if (model.freshParameters.length > 0) {
    model.dispose();
    throw new InputError(`The model has no trained head: ${model.freshParameters.join(', ')} are missing.`, {
      where: folder,
      hint: 'Fine-tune it first (rose sweep), and give the checkpoint folder of the run.',
    });
  }
  return {
    victim: { name: nameOf(folder), batchSize: BATCH_SIZE, ...answersOf(model, order) },
    description: { kind: 'encoder', name: nameOf(folder), hash: await modelFingerprint(folder) },
    dispose: async () => model.dispose(),
  };
}

/** What an encoder answers, in the task's order of labels. */
export function answersOf(model: TextClassifier, order: readonly number[]) {
  const norms = gradientNorms(model);
  return {
    probabilities: async (inputs: readonly (readonly string[])[]) =>
      reordered(
        await predict(
          model,
          inputs.map((texts) => model.tokenizer.encode(texts, model.maxLength)),
        ),
        order,
      ),
    gradientNorms: (inputs: readonly (readonly string[])[], labels: readonly number[]) =>
      norms(
        inputs,
        labels.map((label) => order[label] ?? label),
      ),
  };
}

type Config = Readonly<Record<string, unknown>>;

async function readConfig(folder: string): Promise<Config> {
  const file = path.join(folder, 'config.json');
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Config;
  } catch (cause) {
    throw new InputError('There is no config.json of a model here, or it is broken.', {
      where: file,
      hint: 'Give the checkpoint folder of a run, such as results/quickstart/runs/<run>/checkpoint.',
      cause,
    });
  }
}

/** What the model calls its classes: `id2label` of Hugging Face, or the number of classes of USE-lite. */
function namesOf({ id2label, classes }: Config): readonly string[] {
  if (typeof id2label === 'object' && id2label !== null) {
    const names = id2label as Readonly<Record<string, unknown>>;
    return Object.keys(names).map((_, i) => String(names[i]));
  }
  return Array.from({ length: Number(classes ?? 2) }, (_, i) => `LABEL_${i}`);
}

const positionsOf = ({ max_position_embeddings: positions }: Config): number =>
  typeof positions === 'number' ? positions : Infinity;

/** `<run>/checkpoint` goes by the run's name. */
function nameOf(folder: string): string {
  const full = path.resolve(folder);
  return path.basename(full) === 'checkpoint' ? path.basename(path.dirname(full)) : path.basename(full);
}
