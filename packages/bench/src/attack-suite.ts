import {
  type AttackRecipe,
  type Victim,
  loadWinkTagger,
  loadWordNet,
  meteredVictim,
  runAttack,
  textFooler,
} from '@rose/attacks';
import { loadUseLiteSentenceEncoder } from '@rose/encoders';
import { type Example, embeddedSource, findTask, subset } from '@rose/glue';
import { startBackend } from '@rose/backends';
import { benchVictim } from './attack-victim.js';
import { findShape } from './tasks/models.js';
import { describeRatio, ratioOfRounds } from './ratios.js';
import { median, rounded, summarise } from './statistics.js';
import type { BenchSuite } from './suite.js';

/** How the queries of an attack reach the model. */
interface Manner {
  readonly victim: Victim;
  readonly concurrency: number;
  readonly batchSize: number;
}

/** One pass over the examples. */
interface Pass {
  readonly seconds: number;
  readonly modelSeconds: number;
  readonly texts: number;
}

/** One example at a time, 32 texts a call: TextAttack's own way. */
const ONE_AT_A_TIME = { concurrency: 1, batchSize: 32 };
const OURS = { concurrency: 32, batchSize: 64 };

/** TextFooler on an encoder of each size: our schedule and one example at a time, in turns, on the same examples. */
export const attackSuite: BenchSuite = {
  name: 'attack',
  description: 'TextFooler, many examples at once beside one at a time',
  takes: ['models'],
  async run({ quick, models, repeats, threads, backend, print, onLine }) {
    await startBackend({ name: backend, threads });
    const sst2 = findTask('sst2');
    const source = embeddedSource();
    const training = await source.load(sst2, 'train');
    const size = quick ? 12 : 24;
    const examples = subset(await source.load(sst2, 'dev'), { size, seed: 0, stratified: true });
    const recipe = textFooler.create({
      synonyms: await loadWordNet(),
      partOfSpeech: await loadWinkTagger(),
      sentenceEncoder: await loadUseLiteSentenceEncoder(),
    });
    print(`${recipe.name}, ${size} rows of mini-sst2, ${threads} threads`);
    for (const model of models ?? ['minilm']) {
      const { victim, padded, maxLength, dispose } = await benchVictim(findShape(model), training);
      const [ours, alone]: Pass[][] = [[], []];
      const both: [Manner, Pass[]][] = [
        [{ victim, ...OURS }, ours ?? []],
        [{ victim, ...ONE_AT_A_TIME }, alone ?? []],
      ];
      // Compilation of every shape, which longer attacks forget about.
      for (const [manner] of both) await pass(recipe, examples, manner);
      for (let round = 0; round < Math.ceil(repeats / 3); round++)
        for (const [manner, passes] of both) passes.push(await pass(recipe, examples, manner));
      // Few examples, for it takes long: compared by the time of a text, of which every manner asks the same.
      const few = quick ? undefined : await pass(recipe, examples.slice(0, 2), { victim: padded, ...ONE_AT_A_TIME });
      dispose();

      const perExample = (passes: readonly Pass[]) => passes.map(({ seconds }) => [(1000 * seconds) / size]);
      const ratio = ratioOfRounds(perExample(alone ?? []), perExample(ours ?? []));
      const ms = summarise(perExample(ours ?? []).flat());
      const modelTimeShare = median((ours ?? []).map(({ seconds, modelSeconds }) => modelSeconds / seconds));
      const perText = (passes: readonly Pass[]) => median(passes.map(({ seconds, texts }) => seconds / texts));
      const paddedRatio = few && perText([few]) / perText(ours ?? []);
      const line = {
        bench: 'attack' as const,
        recipe: 'textfooler',
        model,
        batch: OURS.batchSize,
        length: maxLength,
        ...ms,
        examplesPerMinute: rounded(60_000 / ms.msMedian, 1),
        modelTimeShare: rounded(modelTimeShare, 4),
        oneAtATimeRatio: rounded(ratio.ratio, 3),
        ...(paddedRatio !== undefined && { paddedRatio: rounded(paddedRatio, 2) }),
        peakRssMiB: rounded(process.resourceUsage().maxRSS / 1024, 1),
      };
      print(
        `${model}: ${line.examplesPerMinute} examples a minute, ${(100 * modelTimeShare).toFixed(0)} % of the time inside the model; ` +
          `one at a time takes ${describeRatio(ratio)} as long` +
          (paddedRatio === undefined ? '' : `, and padded to 512 tokens ${paddedRatio.toFixed(1)}× a text`),
      );
      await onLine(line, 'ours');
    }
    return true;
  },
};

async function pass(recipe: AttackRecipe, examples: readonly Example[], { victim, ...manner }: Manner): Promise<Pass> {
  const metered = meteredVictim(victim);
  const started = performance.now();
  const attack = runAttack({ recipe, victim: metered.victim, examples, seed: 0, ...manner });
  while (!(await attack.next()).done);
  const { seconds: modelSeconds, texts } = metered.usage();
  return { seconds: (performance.now() - started) / 1000, modelSeconds, texts };
}
