import type { MaskedLanguageModel } from '@rose/attacks';
import {
  type MaskedLanguageEncoder,
  bucketLength,
  collate,
  disposeBatch,
  loadMaskedLanguageModel,
  modelFingerprint,
  modelLabel,
  toTensors,
} from '@rose/encoders';
import { InputError } from '@rose/foundation';
import * as tf from '@tensorflow/tfjs-core';
import { type MaskedScorer, maskedLanguageModel } from './masked-language-model.js';

/** Rows of a batch, so that an engine which compiles for each shape compiles few. */
const ROWS = 8;

/** Scores of a batch that are asked for at a time, for the same reason: each holds the whole vocabulary. */
const PLACES = 32;

/**
 * A masked language model of our own encoders on the backend that has been started, from a folder in the Hugging Face layout:
 * bert-base-uncased, roberta-base …
 * @throws InputError for broken or missing files, and for a model without mask or masked-language head
 */
export async function encoderMaskedLanguageModel(folder: string): Promise<MaskedLanguageModel> {
  const model = await loadMaskedLanguageModel(folder);
  const { maskId } = model.tokenizer;
  if (maskId === undefined) {
    model.dispose();
    throw new InputError('The model has no mask token.', {
      where: folder,
      option: 'model',
      hint: 'Give a masked language model, with the files of its tokenizer.',
    });
  }
  const description = {
    name: modelLabel(folder),
    version: `rose ${model.family}`,
    hash: await modelFingerprint(folder),
  };
  return maskedLanguageModel(encoderScorer(model, maskId), description);
}

function encoderScorer(model: MaskedLanguageEncoder, maskId: number): MaskedScorer {
  const { tokenizer, mostTokens, vocabularySize } = model;
  const encode = (text: string) => Array.from(tokenizer.encode([text], mostTokens).ids);

  /** The scores at places of a batch, `row` and `position` each. */
  async function logitsOf(rows: readonly (readonly number[])[], places: readonly Place[]): Promise<Float32Array[]> {
    const sequences = rows.map((ids) => ({ ids: Int32Array.from(ids), typeIds: new Int32Array(ids.length) }));
    const longest = Math.max(...rows.map(({ length }) => length));
    const length = bucketLength(longest, mostTokens);
    const batch = toTensors(collate(sequences, { padId: tokenizer.padId, length, rows: ROWS }));
    const found: Float32Array[] = [];
    try {
      for (let from = 0; from < places.length; from += PLACES) {
        const asked = places.slice(from, from + PLACES);
        const at = new Int32Array(PLACES);
        asked.forEach(({ row, position }, i) => (at[i] = row * length + position));
        const logits = tf.tidy(() => model.vocabularyLogits(batch, tf.tensor1d(at, 'int32')));
        const values = (await logits.data()) as Float32Array;
        logits.dispose();
        asked.forEach((_, i) => found.push(values.slice(i * vocabularySize, (i + 1) * vocabularySize)));
      }
    } finally {
      disposeBatch(batch);
    }
    return found;
  }

  return {
    ...{ mask: tokenizer.tokenOf(maskId) ?? '', maskId, specialIds: tokenizer.specialIds, encode },
    tokens: Array.from({ length: tokenizer.vocabularySize }, (_, id) => tokenizer.tokenOf(id)),
    decode: (ids) => tokenizer.decode(ids),
    async logitsAt(texts, where) {
      const found: Float32Array[][] = [];
      for (let from = 0; from < texts.length; from += ROWS) {
        const rows = texts.slice(from, from + ROWS).map(encode);
        const places = rows.flatMap((ids, row) => where(ids, from + row).map((position): Place => ({ row, position })));
        const logits = places.length > 0 ? await logitsOf(rows, places) : [];
        rows.forEach((_, row) => found.push(logits.filter((_, i) => places[i]?.row === row)));
      }
      return found;
    },
  };
}

interface Place {
  readonly row: number;
  readonly position: number;
}
