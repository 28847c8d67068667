import { InputError, lookUp } from '@rose/foundation';

export const pointBenches = ['train', 'inference', 'compile'] as const;

/** What is done at a point; `optimizer` is measured inside `train`. */
export type PointBench = (typeof pointBenches)[number];

/** One thing to measure, in a process of its own. */
export interface Point {
  readonly bench: PointBench;
  readonly model: string;
  /** Rows of a batch. */
  readonly batch: number;
  /** Tokens of a row, all of them real. */
  readonly length: number;
}

type Size = readonly [batch: number, length: number];
type Sizes = Readonly<Record<PointBench, readonly Size[]>>;

const usual: ReadonlyMap<string, Sizes> = new Map([
  [
    'minilm',
    {
      train: [
        [8, 32],
        [32, 32],
        [32, 128],
      ],
      inference: [
        [64, 32],
        [64, 128],
      ],
      compile: [[32, 32]],
    },
  ],
  [
    'roberta-base',
    {
      train: [
        [8, 32],
        [16, 64],
      ],
      inference: [[16, 64]],
      compile: [[8, 32]],
    },
  ],
  ['tiny', { train: [[4, 8]], inference: [[4, 8]], compile: [[4, 8]] }],
]);

const quick: ReadonlyMap<string, Sizes> = new Map([
  ['minilm', { train: [[8, 32]], inference: [[64, 32]], compile: [[8, 32]] }],
]);

export interface PointChoice {
  readonly quick: boolean;
  /** All that have usual points by default. */
  readonly models?: readonly string[] | undefined;
  readonly benches?: readonly string[] | undefined;
  /** `32x128`: 32 rows of 128 tokens, in place of the usual ones. */
  readonly points?: readonly string[] | undefined;
}

/**
 * The points to measure, model by model.
 * @throws InputError for an unknown model or bench, or a point that is no size
 */
export function choosePoints({ quick: few, models, benches, points }: PointChoice): Point[] {
  const asked = points?.map(parseSize);
  const known = new Map(pointBenches.map((bench) => [bench as string, bench]));
  const chosen = benches?.map((name) => lookUp(known, name, { kind: 'bench', where: 'benches' })) ?? pointBenches;
  return (models ?? (few ? ['minilm'] : ['minilm', 'roberta-base'])).flatMap((model) => {
    const all = lookUp(usual, model, { kind: 'model', where: 'models' });
    const sizes = (few && quick.get(model)) || all;
    return chosen.flatMap((bench) =>
      (asked ?? sizes[bench]).map(([batch, length]): Point => ({ bench, model, batch, length })),
    );
  });
}

function parseSize(text: string): Size {
  const [batch, length] = (/^([1-9]\d*)[x×]([1-9]\d*)$/.exec(text) ?? []).slice(1).map(Number);
  if (batch !== undefined && length !== undefined) return [batch, length];
  throw new InputError(`'${text}' is no point.`, {
    option: 'points',
    hint: 'Write rows × tokens of a batch: 32x128.',
  });
}
