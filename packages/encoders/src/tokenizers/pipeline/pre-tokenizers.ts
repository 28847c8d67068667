import type { AlignedText } from './aligned-text.js';
import { toBytes } from './byte-level.js';
import { LETTER, NUMBER, PUNCTUATION, WHITESPACE, WORD, escapeRegExp, expression } from './characters.js';
import type { Component } from './component.js';
import { prepended } from './normalizers.js';
import { patternOf } from './patterns.js';
import { BEHAVIOURS, splitText } from './splitting.js';

/** Splits a piece of text into words, each of which the model sees on its own. */
export type PreTokenizer = (piece: AlignedText) => AlignedText[];

const SPACE = expression(WHITESPACE, 'g');
const PUNCTUATION_MARK = expression(PUNCTUATION, 'g');
const BERT_WORD = expression(`[^${WHITESPACE}${PUNCTUATION}]+|${PUNCTUATION}`, 'g');
const WORD_OR_SYMBOLS = expression(`${WORD}+|[^${WORD}${WHITESPACE}]+`, 'g');
const DIGIT = expression('\\p{N}', 'g');

/** GPT-2's words: a blank belongs to the word after it. */
const GPT2_WORD = expression(
  `'s|'t|'re|'ve|'m|'ll|'d| ?${LETTER}+| ?${NUMBER}+| ?[^${WHITESPACE}${LETTER}${NUMBER}]+|${WHITESPACE}+(?!\\P{White_Space})|${WHITESPACE}+`,
  'g',
);

function byteLevel(component: Component): PreTokenizer {
  const addsPrefix = component.flag('add_prefix_space', true);
  const splits = component.flag('use_regex', true);
  return (piece) => {
    const text = addsPrefix && !piece.text.startsWith(' ') ? prepended(piece, ' ') : piece;
    const words = splits ? splitText(text, { pattern: GPT2_WORD, behaviour: 'isolated' }) : [text];
    return words.map(toBytes);
  };
}

/** SentencePiece's way: ▁ for a blank, and one in front of the first word. */
function metaspace(component: Component): PreTokenizer {
  const symbol = component.text('replacement', '▁');
  const scheme = schemeOf(component);
  const splits = component.flag('split', true);
  if (symbol.length !== 1) component.refuse('"replacement" should be one character');
  const pattern = expression(escapeRegExp(symbol), 'g');
  return (piece) => {
    const marked = piece.withUnits(piece.text.replaceAll(' ', symbol));
    const isFirst = scheme === 'always' || (scheme === 'first' && piece.rangeOf(0, piece.text.length)[0] === 0);
    const text = isFirst && !marked.text.startsWith(symbol) ? prepended(marked, symbol) : marked;
    return splits ? splitText(text, { pattern, behaviour: 'mergedwithnext' }) : [text];
  };
}

/** Where a ▁ is put in front. Files from before there was a scheme have a flag. */
function schemeOf(component: Component): 'always' | 'first' | 'never' {
  const before = component.flag('add_prefix_space', true) ? 'always' : 'never';
  return component.choice('prepend_scheme', ['always', 'first', 'never'], before);
}

/** Whether the words depend on where in the text a piece stands. */
export function asksForPlaces(component: Component): boolean {
  if (component.type === 'Sequence') return component.parts('pretokenizers').some(asksForPlaces);
  return component.type === 'Metaspace' && schemeOf(component) === 'first';
}

function sequence(component: Component): PreTokenizer {
  const parts = component.parts('pretokenizers').map(createPreTokenizer);
  return (piece) => parts.reduce<AlignedText[]>((pieces, part) => pieces.flatMap((each) => part(each)), [piece]);
}

/** The pre-tokenizers that do what Python's do, for every character. */
const preTokenizers: Readonly<Record<string, (component: Component) => PreTokenizer>> = {
  BertPreTokenizer: () => (piece) => splitText(piece, { pattern: BERT_WORD, behaviour: 'removed', inverted: true }),
  ByteLevel: byteLevel,
  Metaspace: metaspace,
  Whitespace: () => (piece) => splitText(piece, { pattern: WORD_OR_SYMBOLS, behaviour: 'removed', inverted: true }),
  WhitespaceSplit: () => (piece) => splitText(piece, { pattern: SPACE, behaviour: 'removed' }),
  Punctuation(component) {
    const behaviour = component.choice('behavior', BEHAVIOURS, 'isolated');
    return (piece) => splitText(piece, { pattern: PUNCTUATION_MARK, behaviour });
  },
  Digits(component) {
    const behaviour = component.flag('individual_digits', false) ? 'isolated' : 'contiguous';
    return (piece) => splitText(piece, { pattern: DIGIT, behaviour });
  },
  Split(component) {
    const behaviour = component.choice('behavior', BEHAVIOURS, 'removed');
    const pattern = patternOf(component);
    const inverted = component.flag('invert', false);
    return (piece) => splitText(piece, { pattern, behaviour, inverted });
  },
  Sequence: sequence,
};

/** @throws InputError for a pre-tokenizer that is not in the list */
export function createPreTokenizer(component: Component): PreTokenizer {
  return component.lookUp(preTokenizers)(component);
}
