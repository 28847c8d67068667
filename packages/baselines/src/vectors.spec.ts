import { symmetricDivergence } from '@rose/fine-tuning';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { ascend, initialPerturbation, normOfRows } from './perturbation.js';
import { rDropLoss } from './r-drop.js';
import { r3fLoss } from './r3f.js';
import { publishedForm, ballForm, stableDivergence } from './smart-forms.js';
import { spectralNorm } from './spectral-norm.js';
import { stopGradient } from './stop-gradient.js';
import { CountingContext } from './testing/counting-context.js';
import { loadTinyBert } from './testing/goldens.js';

const numbers = async (tensor: tf.Tensor) => Array.from(await tensor.data());
const number = async (tensor: tf.Tensor) => (await numbers(tensor))[0];

/** Logits and classes of docs/baselines.md, oracle vectors. */
const oracle = () => ({
  a: tf.tensor2d([1, 0, 0.2, -0.3], [2, 2]),
  b: tf.tensor2d([0.5, 0.1, -0.4, 0.6], [2, 2]),
  targets: tf.tensor2d([1, 0, 0, 1], [2, 2]),
});
const CE_A = (Math.log(1 + Math.exp(-1)) + Math.log(1 + Math.exp(0.5))) / 2;
const MEAN_CE = 0.5284039029;
const SUM_OF_BOTH_KL = 0.6096994159;

beforeAll(async () => {
  await tf.setBackend('cpu');
});

describe('the oracle vectors of the losses', () => {
  it('both divergences, summed', async () => {
    const { a, b } = oracle();
    expect(await number(symmetricDivergence(a, b))).toBeCloseTo(SUM_OF_BOTH_KL, 6);
  });

  it('R3F: the divergence is averaged over the rows', async () => {
    const { a, b, targets } = oracle();
    const divergence = 0.3048497079;
    expect(await number(r3fLoss(a, b, { targets, lambda: 1 }))).toBeCloseTo(CE_A + divergence, 6);
    expect(await number(r3fLoss(a, b, { targets, lambda: 0.7 }))).toBeCloseTo(CE_A + 0.7 * divergence, 6);
  });

  it.each([
    ['BERT', 'sum', 'sum', 2 * MEAN_CE + 0.5 * 0.3048497079],
    ['fairseq', 'mean', 'sum', 2 * MEAN_CE + (0.5 * 0.3048497079) / 2],
    ['README', 'sum', 'mean', MEAN_CE + 0.5 * 0.3048497079],
  ] as const)('R-Drop as for %s: divergence %s, cross-entropies %s', async (_, divergence, crossEntropy, expected) => {
    const { a, b, targets } = oracle();
    const loss = rDropLoss(a, b, { targets, alpha: 0.5, divergence, crossEntropy });
    expect(await number(loss)).toBeCloseTo(expected, 6);
  });
});

describe('an ascent', () => {
  const l2 = { norm: 'l2', stepSize: 0.1, maxNorm: 0, floor: 1e-8 } as const;
  const g = () => tf.tensor3d([3, 0, 4], [1, 1, 3]);

  it('FreeLB L2: (0.06, 0, 0.08), and with max_norm 0.15 then (0.09, 0, 0.12)', async () => {
    const once = ascend(tf.zeros([1, 1, 3]), g(), l2);
    const twice = ascend(once, g(), { ...l2, maxNorm: 0.15 });
    for (const [delta, expected] of [
      [once, [0.06, 0, 0.08]],
      [twice, [0.09, 0, 0.12]],
    ] as const) {
      (await numbers(delta)).forEach((x, i) => expect(x).toBeCloseTo(expected[i] as number, 7));
    }
  });

  it('L∞: normalised by max |g|, clipped element by element', async () => {
    const linf = { ...l2, norm: 'linf', maxNorm: 0.09 } as const;
    const delta = await numbers(ascend(tf.zeros([1, 1, 3]), tf.tensor3d([2, -4, 1], [1, 1, 3]), linf));
    delta.forEach((x, i) => expect(x).toBeCloseTo([0.05, -0.09, 0.025][i] as number, 7));
  });

  it('keeps the examples apart: a small perturbation is not rescaled, a zero gradient moves nothing', async () => {
    const delta = tf.tensor3d([0.03, 0.04, 3, 4], [2, 1, 2]);
    const moved = ascend(delta, tf.zeros([2, 1, 2]), { ...l2, maxNorm: 1 });
    (await numbers(moved)).forEach((x, i) => expect(x).toBeCloseTo([0.03, 0.04, 0.6, 0.8][i] as number, 6));
  });
});

describe('the initial perturbation', () => {
  it.each(['l2', 'linf'] as const)(
    '%s: nothing on padding, within the magnitude, other noise in each row',
    async (norm) => {
      const model = await loadTinyBert(2);
      const context = new CountingContext(model);
      const magnitude = 0.5;
      const delta = initialPerturbation(context, { norm, magnitude, name: 'test' });
      const [rows, length, width] = context.embeddingShape();
      const mask = await numbers(context.tokenMask());
      expect(mask).toContain(0);
      const values = await numbers(delta);
      mask.forEach((real, i) => {
        const token = values.slice(i * width, (i + 1) * width);
        if (real) expect(token.every((x) => x !== 0 && Math.abs(x) <= magnitude)).toBe(true);
        else expect(token.every((x) => Math.abs(x) === 0)).toBe(true);
      });
      const norms = await numbers(normOfRows(delta, norm));
      expect(new Set(norms).size).toBe(rows);
      // U(−1, 1) has a deviation of 1/√3; the largest of many draws comes near 1.
      const expected = norm === 'l2' ? magnitude / Math.sqrt(3) : magnitude;
      norms.forEach((size) => expect(Math.abs(size / expected - 1)).toBeLessThan(0.15));
      expect(length * width).toBeGreaterThan(100);
      context.dispose();
      model.dispose();
    },
  );
});

describe('SMART', () => {
  const n = () => tf.tensor3d([1e-5, -2e-5, 0, 4e-5], [1, 2, 2]);
  const g = () => tf.tensor3d([1, 0, 0, 0], [1, 2, 2]);
  const close = async (tensor: tf.Tensor, expected: number[]) =>
    (await numbers(tensor)).forEach((x, i) => expect(x).toBeCloseTo(expected[i] as number, 4));

  it('as published: whatever the noise was, each token ends at a norm of 1, not at ε', async () => {
    // n + η·g = (2e-5, −2e-5), (0, 4e-5); ε = 1e-6 only guards the division.
    await close(publishedForm({}).ascend(n(), g()), [2 / 2.1, -2 / 2.1, 0, 4 / 4.1]);
    await close(publishedForm({ level: 'sentence' }).ascend(n(), g()), [2 / 4.1, -2 / 4.1, 0, 4 / 4.1]);
    const size = Math.SQRT2 * 2e-5 + 1e-6;
    await close(publishedForm({ norm: 'l2' }).ascend(n(), g()), [2e-5 / size, -2e-5 / size, 0, 4 / 4.1]);
    await close(publishedForm({ norm: 'l1' }).ascend(n(), g()), [1, -1, 0, 1]);
  });

  it('as in the paper: never out of the ball', async () => {
    const moved = await numbers(tf.mul(ballForm({}).ascend(n(), g()), 1e5));
    moved.forEach((x, i) => expect(x).toBeCloseTo([1, -1, 0, 1][i] as number, 4));
    const l2 = ballForm({ norm: 'l2', epsilon: 1e-5 }).ascend(n(), g());
    expect(1e5 * ((await number(normOfRows(l2, 'l2'))) ?? NaN)).toBeCloseTo(1, 4);
  });

  it("stable_kl: twice the difference of log-odds, finite for saturated logits, with p's gradient alone", async () => {
    const target = tf.tensor2d([0, 0], [1, 2]);
    const p = 1 / (1 + Math.exp(-1));
    const value = stableDivergence(tf.tensor2d([1, 0], [1, 2]), target);
    expect(await number(value)).toBeCloseTo(2 * (2 * p - 1), 4);
    const gradient = tf.grad((x) => stableDivergence(x as tf.Tensor2D, target))(tf.tensor2d([1, 0], [1, 2]));
    // ∂p₁/∂x₁ = p(1 − p), and the log-odds are ±1.
    expect((await number(gradient)) ?? NaN).toBeCloseTo(4 * p * (1 - p), 4);
    expect(Number.isFinite(await number(stableDivergence(tf.tensor2d([100, 0], [1, 2]), target)))).toBe(true);
  });

  it('both forms have the same divergence, but not the same gradient', async () => {
    const { a, b } = oracle();
    const of = (form: typeof publishedForm) => tf.valueAndGrad((x) => form({}).divergence(x as tf.Tensor2D, b))(a);
    const [published, ball] = [of(publishedForm), of(ballForm)];
    expect(await number(published.value)).toBeCloseTo(SUM_OF_BOTH_KL / 2, 6);
    expect(await number(ball.value)).toBeCloseTo(SUM_OF_BOTH_KL / 2, 6);
    const difference = await numbers(tf.abs(tf.sub(published.grad, ball.grad)));
    expect(Math.max(...difference)).toBeGreaterThan(1e-3);
  });
});

describe('the spectral norm', () => {
  it.each([
    ['diagonal', [3, 0, 0, 0, 0, -4], 4],
    ['opposite rows, as a binary head has them', [1, 2, 2, -1, -2, -2], Math.sqrt(18)],
    ['two equal singular values', [0, 1, 0, 1, 0, 0], 1],
  ])('%s', async (_, values, expected) => {
    expect(await number(spectralNorm(tf.tensor2d(values, [2, 3])))).toBeCloseTo(expected, 5);
  });

  it('has the gradient u·vᵀ', async () => {
    const weight = tf.tensor2d([1, 0.5, -2, 0.3, 1, 1], [2, 3]);
    const gradient = await numbers(tf.grad((w) => spectralNorm(w as tf.Tensor2D))(weight));
    const values = await numbers(weight);
    for (const i of values.keys()) {
      const at = async (change: number) =>
        (await number(spectralNorm(tf.tensor2d(values.with(i, (values[i] as number) + change), [2, 3])))) ?? NaN;
      expect(gradient[i]).toBeCloseTo(((await at(1e-2)) - (await at(-1e-2))) / 2e-2, 3);
    }
  });
});

it('stopGradient passes a value on and no gradient back', async () => {
  const { value, grad } = tf.valueAndGrad((x) => tf.mul(x, stopGradient(x)))(tf.scalar(3));
  expect([await number(value), await number(grad)]).toEqual([9, 3]);
});
