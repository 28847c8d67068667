import { Component, isFields } from './component.js';
import { BPE, WordPiece } from './library.js';
import type { Model, WordToken } from './model.js';
import { unigram } from './unigram.js';

function vocabularyOf(component: Component): Map<string, number> {
  const entries = Object.entries(component.object('vocab'));
  for (const [token, id] of entries) {
    if (!Number.isSafeInteger(id) || (id as number) < 0) component.refuse(`the token "${token}" has no id`);
  }
  return new Map(entries as [string, number][]);
}

function unknownIdOf(component: Component, vocabulary: ReadonlyMap<string, number>): number {
  const token = component.text('unk_token');
  return vocabulary.get(token) ?? component.refuse(`its unknown token ${token} is not in its vocabulary`);
}

/** Whole words, and one token for all others. */
function wordLevel(component: Component): Model {
  const vocabulary = vocabularyOf(component);
  const unknown = unknownIdOf(component, vocabulary);
  return { vocabulary, cut: (word) => [{ id: vocabulary.get(word) ?? unknown, start: 0, end: word.length }] };
}

function wordPiece(component: Component): Model {
  const vocabulary = vocabularyOf(component);
  const unknown = unknownIdOf(component, vocabulary);
  const prefix = component.text('continuing_subword_prefix', '##');
  const most = component.count('max_input_chars_per_word', 100);
  const fields = { ...component.fields, continuing_subword_prefix: prefix, max_input_chars_per_word: most };
  const library = new WordPiece(fields);
  return {
    vocabulary,
    cut(word) {
      const known = vocabulary.get(word);
      // Short cut for whole words. Python, too, tries the longest piece first.
      if (known !== undefined && word.length <= most) return [{ id: known, start: 0, end: word.length }];
      const pieces = library.encode([word]);
      const ids = pieces.map((piece) => vocabulary.get(piece) ?? unknown);
      if (ids.length === 1) return [{ id: ids[0] ?? unknown, start: 0, end: word.length }];
      let end = 0;
      return pieces.map((piece, i) => {
        const start = end;
        end += i === 0 ? piece.length : piece.length - prefix.length;
        return { id: ids[i] ?? unknown, start, end };
      });
    },
  };
}

/** Byte-pair encoding. Words come as symbols of their bytes, or as characters. */
function bpe(component: Component): Model {
  component.expect({ dropout: 0, continuing_subword_prefix: null, end_of_word_suffix: null, byte_fallback: false });
  const vocabulary = vocabularyOf(component);
  const merges = mergesOf(component, vocabulary);
  const unknown = component.fields['unk_token'] == null ? undefined : unknownIdOf(component, vocabulary);
  const fuses = component.flag('fuse_unk', false);
  const takesWhole = component.flag('ignore_merges', false);
  const library = new BPE({ ...component.fields, merges });

  /** Characters of the vocabulary in a row merge; others part them, or drop out where there is no unknown token. */
  function cut(word: string): WordToken[] {
    const whole = takesWhole ? vocabulary.get(word) : undefined;
    if (whole !== undefined) return [{ id: whole, start: 0, end: word.length }];
    const tokens: WordToken[] = [];
    const characters = Array.from(word);
    let row: { readonly text: string; readonly start: number }[] = [];
    const closeRow = (): void => {
      let next = 0;
      for (const piece of row.length === 0 ? [] : library.bpe(row.map(({ text }) => text).join(''))) {
        const first = row[next];
        next += Array.from(piece).length;
        const last = row[next - 1];
        tokens.push({
          id: vocabulary.get(piece) ?? 0,
          start: first?.start ?? 0,
          end: (last?.start ?? 0) + (last?.text.length ?? 0),
        });
      }
      row = [];
    };
    let start = 0;
    for (const text of characters) {
      if (vocabulary.has(text)) {
        row.push({ text, start });
      } else if (unknown !== undefined) {
        closeRow();
        const last = tokens.at(-1);
        if (fuses && last?.id === unknown && last.end === start)
          tokens[tokens.length - 1] = { ...last, end: start + text.length };
        else tokens.push({ id: unknown, start, end: start + text.length });
      }
      start += text.length;
    }
    closeRow();
    return tokens;
  }
  return { vocabulary, cut };
}

/** Merges as pairs. Old files have them as strings. */
function mergesOf(component: Component, vocabulary: ReadonlyMap<string, number>): [string, string][] {
  return component.list('merges').map((merge) => {
    const pair: unknown = typeof merge === 'string' ? merge.split(' ') : merge;
    if (!Array.isArray(pair) || pair.length !== 2) component.refuse(`the merge ${JSON.stringify(merge)} is no pair`);
    const [left, right] = pair as [string, string];
    for (const token of [left, right, left + right]) {
      if (!vocabulary.has(token))
        component.refuse(`the merge "${left} ${right}" needs "${token}", which is not in the vocabulary`);
    }
    return [left, right];
  });
}

/** The models that do what Python's do. WordPiece and BPE are the library's. */
const models: Readonly<Record<string, (component: Component) => Model>> = {
  WordPiece: wordPiece,
  BPE: bpe,
  Unigram: unigram,
  WordLevel: wordLevel,
};

/** Words are repeated, and cutting one is costly. */
const MOST_REMEMBERED = 50_000;
const LONGEST_REMEMBERED = 64;

function remembering(model: Model): Model {
  const known = new Map<string, readonly WordToken[]>();
  return {
    vocabulary: model.vocabulary,
    cut(word) {
      const before = known.get(word);
      if (before) return before;
      const tokens = model.cut(word);
      if (known.size >= MOST_REMEMBERED) known.clear();
      if (word.length <= LONGEST_REMEMBERED) known.set(word, tokens);
      return tokens;
    },
  };
}

/** @throws InputError for a model that is not in the list, or whose vocabulary is broken */
export function createModel(component: Component): Model {
  return remembering(withType(component).lookUp(models)(withType(component)));
}

/** Old files do not say of which type the model is. */
function withType(component: Component): Component {
  const { fields, kind, where } = component;
  if (component.type !== '') return component;
  const type = Array.isArray(fields['vocab'])
    ? 'Unigram'
    : 'merges' in fields
      ? 'BPE'
      : 'continuing_subword_prefix' in fields
        ? 'WordPiece'
        : isFields(fields['vocab'])
          ? 'WordLevel'
          : '';
  return new Component(kind, { ...fields, type }, where);
}
