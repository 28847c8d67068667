import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { labelOrder } from '@rose/attacks/internal';
import { loadClassifier, modelFingerprint } from '@rose/encoders';
import { InputError } from '@rose/foundation';
import { z } from 'zod';
import { classifierVictim } from './classifier-victim.js';
import { callSettings, defineVictim } from './victim-kind.js';

/**
 * A fine-tuned encoder on the backend that has been started. Shows gradients, for white-box attacks.
 *
 * `open` throws InputError for a folder that holds none, and for one without a trained head.
 */
export const encoderVictim = defineVictim({
  name: 'encoder',
  title: 'A fine-tuned encoder of ours: the folder of a run, or a checkpoint in the Hugging Face layout',
  takesLabels: true,
  onBackend: true,
  settings: z.strictObject({
    maxLength: z
      .int()
      .min(4)
      .exactOptional()
      .describe('Most tokens of a text; 128, or fewer where the model reads fewer'),
    ...callSettings,
  }),
  recognises: async (source) => (await stat(source).catch(() => undefined))?.isDirectory() ?? false,
  async open({ source: folder, labels, victimLabels: wanted }, { maxLength }) {
    const config = await readConfig(folder);
    refuseOtherProblems(config, folder);
    const victimLabels = namesOf(config);
    const order = labelOrder({ victimLabels, taskLabels: labels, labels: wanted });
    const model = await loadClassifier({
      model: folder,
      classes: victimLabels.length,
      seed: 0,
      ...(maxLength !== undefined && { maxLength }),
    });
    if (model.freshParameters.length > 0) {
      model.dispose();
      throw new InputError(`The model has no trained head: ${model.freshParameters.join(', ')} are missing.`, {
        where: folder,
        option: 'model',
        hint: 'Fine-tune it first, and give the checkpoint folder of the run.',
      });
    }
    return {
      victim: classifierVictim({ name: nameOf(folder), model, order }),
      description: { kind: 'encoder', name: nameOf(folder), hash: await modelFingerprint(folder) },
      notes: model.notes,
      dispose: async () => model.dispose(),
    };
  },
});

type Config = Readonly<Record<string, unknown>>;

async function readConfig(folder: string): Promise<Config> {
  const file = path.join(folder, 'config.json');
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Config;
  } catch (cause) {
    throw new InputError('There is no config.json of a model here, or it is broken.', {
      where: file,
      option: 'model',
      hint: 'Give the folder of a run, or a folder in the Hugging Face layout.',
      cause,
    });
  }
}

/** What a model was trained for, where it is not to tell one class from the others. */
function refuseOtherProblems({ problem_type: problem }: Config, folder: string): void {
  const why = {
    multi_label_classification: 'The model gives several labels at once: there is no one class to turn.',
    regression: 'The model gives a number and no class: there is none to turn.',
  }[String(problem)];
  if (why === undefined) return;
  throw new InputError(why, {
    where: path.join(folder, 'config.json'),
    option: 'model',
    hint: 'Attack a single-label classifier, or write a module that makes one of it.',
  });
}

/**
 * What the model calls its classes: `id2label` of Hugging Face, or names like its own for the number of classes: `num_labels`
 * of older folders, `classes` of USE-lite's, 2 where nothing is said.
 */
function namesOf({ id2label, num_labels: count, classes = count }: Config): readonly string[] {
  if (typeof id2label === 'object' && id2label !== null) {
    const names = id2label as Readonly<Record<string, unknown>>;
    return Object.keys(names).map((_, i) => String(names[i]));
  }
  return Array.from({ length: Number(classes ?? 2) }, (_, i) => `LABEL_${i}`);
}

/** `<run>/checkpoint` goes by the run's name. */
function nameOf(folder: string): string {
  const full = path.resolve(folder);
  return path.basename(full) === 'checkpoint' ? path.basename(path.dirname(full)) : path.basename(full);
}
