/**
 * Our resources, for the comparison with TextAttack: reads one JSON request a line, writes one JSON answer a line.
 *
 *   {"ask": "stopWords"}                         → words
 *   {"ask": "neighbours", "words": [...]}        → a list of WordNet synonyms for each word
 *   {"ask": "tags", "words": [...]}              → universal tags
 *   {"ask": "embed", "texts": [...]}             → USE-lite vectors
 *   {"ask": "probabilities", "texts": [...]}     → rows of the victim that the first argument names
 *
 * node --conditions=@rose/source --import tsx tools/goldens/textattack/resources.mjs VICTIM_FOLDER
 */
import { createInterface } from 'node:readline';
import { functionWords, loadWinkTagger, loadWordNet } from '@rose/attacks';
import { loadUseLiteSentenceEncoder } from '@rose/encoders';
import { startBackend } from '../../../apps/runner/src/registry/backends.ts';
import { encoderVictim } from '../../../apps/runner/src/victims/encoder-victim.ts';

await startBackend('ort', 2);

/** The same thing each time, loaded when it is first asked for. */
const once = (load) => {
  let loaded;
  return () => (loaded ??= load());
};
const wordNet = once(loadWordNet);
const tagger = once(loadWinkTagger);
const encoder = once(loadUseLiteSentenceEncoder);
const victim = once(() => encoderVictim({ folder: process.argv[2], labels: ['negative', 'positive'] }));

const answers = {
  stopWords: () => [...functionWords],
  neighbours: async ({ words }) => {
    const source = await wordNet();
    return words.map((word) => source.candidates(word.toLowerCase()));
  },
  tags: async ({ words }) => (await tagger()).tags(words),
  embed: async ({ texts }) => (await (await encoder()).embed(texts)).map((vector) => [...vector]),
  probabilities: async ({ texts }) => (await victim()).victim.probabilities(texts.map((text) => [text])),
};

for await (const line of createInterface({ input: process.stdin })) {
  const { ask, ...request } = JSON.parse(line);
  process.stdout.write(`${JSON.stringify(await answers[ask](request))}\n`);
}
process.exit(0);
