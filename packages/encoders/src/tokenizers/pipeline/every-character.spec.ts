import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { readJsonFixture } from '../../testing/fixtures.js';
import { AlignedText } from './aligned-text.js';
import { Component, type Fields } from './component.js';
import { createNormalizer } from './normalizers.js';
import { createPreTokenizer } from './pre-tokenizers.js';

// What `tools/goldens/tokenizers_characters.py` made of every character of Unicode. A Node with a younger Unicode may fail here:
// then the new characters belong into older-unicode.ts.
const hashes = readJsonFixture<Record<string, string>>('tokenizers/every-character.json');

const BLOCK = 4096;
const nothing = { clean_text: false, handle_chinese_chars: false, strip_accents: false, lowercase: false };
const special: Record<string, Fields> = {
  BertNormalizer: { type: 'BertNormalizer' },
  Replace: { type: 'Replace', pattern: { Regex: '\\s{2,}|[\\n\\r\\t]' }, content: ' ' },
  ByteLevel: { type: 'ByteLevel', add_prefix_space: false },
};

/** `BertNormalizer clean_text` is the normalizer with nothing but this flag. */
function fieldsOf(name: string): Fields {
  const [type = '', flag] = name.split(' ');
  return flag === undefined ? (special[type] ?? { type }) : { type, ...nothing, [flag]: true };
}

function* blocks(): Generator<string> {
  const planes = Array.from({ length: 0x40000 / BLOCK }, (_, i) => i * BLOCK);
  for (const start of [...planes, 0xe0000, 0xf0000, 0x100000]) {
    let text = '';
    for (let point = start; point < start + BLOCK; point++) {
      if (point < 0xd800 || point > 0xdfff) text += `a${String.fromCodePoint(point)}b1 `;
    }
    if (text !== '') yield text;
  }
}

function hashOf(answer: (text: string) => string): string {
  const hash = createHash('sha256');
  for (const text of blocks()) hash.update(`${answer(text)}\n`);
  return hash.digest('hex').slice(0, 16);
}

const isPreTokenizer = (name: string) => /PreTokenizer|Whitespace|Punctuation|ByteLevel/.test(name);

it.each(Object.keys(hashes))(
  '%s does to every character what Python does',
  (name) => {
    const fields = fieldsOf(name);
    if (isPreTokenizer(name)) {
      const words = createPreTokenizer(new Component('pre_tokenizer', fields, 'here'));
      const answer = (text: string) =>
        words(AlignedText.of(text, false))
          .map((word) => word.text)
          .join('\0');
      expect(hashOf(answer)).toBe(hashes[name]);
    } else {
      const normalizer = createNormalizer(new Component('normalizer', fields, 'here'));
      expect(hashOf((text) => normalizer(AlignedText.of(text, false)).text)).toBe(hashes[name]);
    }
  },
  30_000,
);
