import { RandomStream } from '@rose/foundation';
import { describe, expect, it } from 'vitest';
import { fitLogisticRegression, logit } from './logistic-regression.js';
import type { LogisticModel, SparseRow } from './logistic-regression.js';

/** Mean cross-entropy plus λ/2·‖w‖², written out from the definition. */
function objective(model: LogisticModel, rows: readonly SparseRow[], labels: readonly number[], l2: number): number {
  const losses = rows.map((row, n) => Math.log1p(Math.exp(labels[n] === 1 ? -logit(model, row) : logit(model, row))));
  const penalty = model.weights.reduce((sum, weight) => sum + weight * weight, 0);
  return losses.reduce((sum, loss) => sum + loss, 0) / rows.length + (l2 / 2) * penalty;
}

describe('logistic regression', () => {
  it('meets the closed form where there is one: the bias alone is the log odds', () => {
    const model = fitLogisticRegression([[], [], [], []], [1, 1, 1, 0], { features: 0, l2: 1 });
    expect(model.bias).toBeCloseTo(Math.log(3), 3);
  });

  it('meets the stationary point of one feature: l2·w = 1 / (1 + exp(w/2)) / 2 for a balanced, perfect feature', () => {
    const { weights, bias } = fitLogisticRegression([[0], [], [0], []], [1, 0, 1, 0], { features: 1, l2: 0.1 });
    const weight = weights[0] ?? NaN;
    expect(bias).toBeCloseTo(-weight / 2, 3);
    expect(0.1 * weight).toBeCloseTo(0.5 / (1 + Math.exp(weight / 2)), 4);
  });

  it('ends where no step in any direction lowers the objective', () => {
    const stream = RandomStream.of(3, 'logistic regression');
    const rows = Array.from({ length: 60 }, () =>
      Array.from({ length: 8 }, (_, i) => i).filter(() => stream.uniform() < 0.4),
    );
    const labels = rows.map((row) => (row.includes(0) !== stream.uniform() < 0.2 ? 1 : 0));
    const l2 = 0.01;
    const model = fitLogisticRegression(rows, labels, { features: 8, l2 });
    const best = objective(model, rows, labels, l2);
    for (let trial = 0; trial < 50; trial++) {
      const nearby = {
        weights: model.weights.map((w) => w + 0.05 * stream.normal()),
        bias: model.bias + 0.05 * stream.normal(),
      };
      expect(objective(nearby, rows, labels, l2)).toBeGreaterThan(best);
    }
    expect(model.weights[0]).toBeGreaterThan(1);
  });
});
