import { join } from 'node:path';
import { InputError, writeAtomically } from '@rose/foundation';
import { readText } from '../files/files.js';
import type { TextTokenizer, TokenSequence } from '../tokenizers/text-tokenizer.js';
import { columnsOf, roomFor } from '../tokenizers/columns.js';
import { truncateLongestFirst } from '../tokenizers/truncate-longest-first.js';
import { PIECES } from './architecture.js';
import { UNKNOWN, UnigramSegmentation, type ScoredPiece } from './unigram-segmentation.js';

const FILE = 'vocab.json';

const isScoredPiece = (entry: unknown): entry is ScoredPiece =>
  Array.isArray(entry) &&
  typeof entry[0] === 'string' &&
  entry[0] !== '' &&
  (entry[1] === null || typeof entry[1] === 'number');

function parseVocabulary(text: string, where: string): ScoredPiece[] {
  const hint = 'Fetch or save the model again.';
  let entries: unknown;
  try {
    entries = JSON.parse(text);
  } catch (cause) {
    throw new InputError('The vocabulary is not valid JSON.', { where, hint, cause });
  }
  if (!Array.isArray(entries) || entries.length !== PIECES || !entries.every(isScoredPiece)) {
    throw new InputError(`The vocabulary should be an array of ${PIECES} pairs of piece and score.`, {
      where,
      hint,
    });
  }
  return entries;
}

/**
 * USE-lite's tokenizer: unigram pieces, no special tokens.
 *
 * The model has no separator token. The texts of a pair are tokenized separately and then joined. The pieces are the same as for
 * one text with a space between the two, and each text can be truncated on its own. An empty example becomes one unknown piece,
 * so that mean pooling always has a token.
 */
export class UnigramTokenizer implements TextTokenizer {
  readonly padId = UNKNOWN;
  private readonly segmentation: UnigramSegmentation;

  private constructor(
    vocabulary: readonly ScoredPiece[],
    private readonly file: string,
  ) {
    this.segmentation = new UnigramSegmentation(vocabulary);
  }

  /** @throws InputError when the text of vocab.json is not a vocabulary of this model */
  static parse(text: string, where: string): UnigramTokenizer {
    return new UnigramTokenizer(parseVocabulary(text, where), text);
  }

  static async read(folder: string): Promise<UnigramTokenizer> {
    const path = join(folder, FILE);
    return UnigramTokenizer.parse(
      await readText(path, 'A use-lite checkpoint needs its vocab.json; save the model again.'),
      path,
    );
  }

  encode(texts: readonly string[], maxLength: number): TokenSequence {
    const [first, second] = columnsOf(texts);
    const a = this.segmentation.segment(first);
    const b = second === undefined ? [] : this.segmentation.segment(second);
    if (a.length + b.length === 0) a.push(UNKNOWN);
    const [keepA, keepB] = truncateLongestFirst(a.length, b.length, roomFor(maxLength, 0));
    const ids = [...a.slice(0, keepA), ...b.slice(0, keepB)];
    return { ids: Int32Array.from(ids), typeIds: new Int32Array(ids.length).fill(1, keepA) };
  }

  async saveTo(folder: string): Promise<void> {
    await writeAtomically(join(folder, FILE), this.file);
  }
}
