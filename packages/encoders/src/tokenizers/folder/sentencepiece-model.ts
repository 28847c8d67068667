import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { InputError } from '@rose/foundation';

/** What a `.model` of SentencePiece says, as far as a tokenizer needs it. */
export interface SentencePieceModel {
  readonly pieces: readonly Piece[];
  /** The number of the piece for what is unknown. */
  readonly unknownId: number;
  /** The table of characters that are replaced, in base64. */
  readonly charsmap?: string;
}

export interface Piece {
  readonly text: string;
  readonly score: number;
  readonly kind: number;
}

/** Pieces that no text contains, such as `</s>`, and pieces that are found as they are. */
export const CONTROL_PIECE = 3;
export const USER_DEFINED_PIECE = 4;

const UNIGRAM = 1;

/** The numbers of the fields in sentencepiece_model.proto. */
const MODEL = { pieces: 1, trainer: 2, normalizer: 3 };
const PIECE = { text: 1, score: 2, kind: 3 };
const TRAINER = { modelType: 3, unknownId: 40 };
const NORMALIZER = { charsmap: 2 };

/** Reads the fields of a message; a reader for a number gives true if it took the value. */
function readFields(bytes: Uint8Array, read: (field: number, reader: BinaryReader, type: WireType) => boolean): void {
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [field, type] = reader.tag();
    if (!read(field, reader, type)) reader.skip(type, field);
  }
}

function readPiece(bytes: Uint8Array): Piece {
  let [text, score, kind] = ['', 0, 1];
  readFields(bytes, (field, reader) => {
    if (field === PIECE.text) text = reader.string();
    else if (field === PIECE.score) score = reader.float();
    else if (field === PIECE.kind) kind = reader.int32();
    else return false;
    return true;
  });
  return { text, score, kind };
}

function readTrainer(bytes: Uint8Array): { modelType: number; unknownId: number } {
  let [modelType, unknownId] = [UNIGRAM, 0];
  readFields(bytes, (field, reader) => {
    if (field === TRAINER.modelType) modelType = reader.int32();
    else if (field === TRAINER.unknownId) unknownId = reader.int32();
    else return false;
    return true;
  });
  return { modelType, unknownId };
}

function readCharsmap(bytes: Uint8Array): string | undefined {
  let charsmap: Uint8Array | undefined;
  readFields(bytes, (field, reader) => {
    if (field !== NORMALIZER.charsmap) return false;
    charsmap = reader.bytes();
    return true;
  });
  return charsmap && charsmap.length > 0 ? Buffer.from(charsmap).toString('base64') : undefined;
}

function readModel(bytes: Uint8Array): SentencePieceModel & { modelType: number } {
  const pieces: Piece[] = [];
  let trainer = { modelType: UNIGRAM, unknownId: 0 };
  let charsmap: string | undefined;
  readFields(bytes, (field, reader, type) => {
    if (type !== WireType.LengthDelimited) return false;
    if (field === MODEL.pieces) pieces.push(readPiece(reader.bytes()));
    else if (field === MODEL.trainer) trainer = readTrainer(reader.bytes());
    else if (field === MODEL.normalizer) charsmap = readCharsmap(reader.bytes());
    else return false;
    return true;
  });
  return { pieces, ...trainer, ...(charsmap !== undefined && { charsmap }) };
}

/** @throws InputError when the file is no model of SentencePiece, or none of the unigram kind */
export function parseSentencePiece(bytes: Uint8Array, where: string): SentencePieceModel {
  const hint = 'Fetch the model again.';
  let model;
  try {
    model = readModel(bytes);
  } catch (cause) {
    throw new InputError('The file is not a model of SentencePiece, or is cut short.', { where, hint, cause });
  }
  if (model.pieces.length === 0) throw new InputError('The SentencePiece model has no pieces.', { where, hint });
  if (model.modelType !== UNIGRAM) {
    throw new InputError('SentencePiece models other than unigram ones are not supported.', {
      where,
      hint: 'Save the tokenizer with transformers, which writes a tokenizer.json.',
    });
  }
  return model;
}
