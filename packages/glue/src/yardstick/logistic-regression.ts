/** Binary features: the indices of those that a row has, each once, in any order. */
export type SparseRow = readonly number[];

export interface LogisticModel {
  /** One weight per feature. */
  readonly weights: Float64Array;
  readonly bias: number;
}

export interface LogisticOptions {
  readonly features: number;
  /** λ of the penalty λ/2·‖w‖². The bias has no penalty. */
  readonly l2: number;
}

const gradientTolerance = 1e-5;
const mostSteps = 20_000;

/** w·x + b: above zero the answer is label 1. */
export function logit({ weights, bias }: LogisticModel, row: SparseRow): number {
  let sum = bias;
  for (const feature of row) sum += weights[feature] ?? 0;
  return sum;
}

/**
 * L2-regularised logistic regression for labels 0 and 1. It minimises the mean cross-entropy plus the penalty by
 * accelerated full-batch gradient descent (Nesterov). The step is 1/L, from a bound on the curvature; momentum restarts
 * where it points uphill (O'Donoghue & Candès 2015). Nothing is random, and the problem is convex: there is one optimum.
 */
export function fitLogisticRegression(
  rows: readonly SparseRow[],
  labels: readonly number[],
  { features, l2 }: LogisticOptions,
): LogisticModel {
  // The Hessian is at most a quarter of the mean of x·xᵀ, whose largest eigenvalue no row's ‖x‖² exceeds.
  const curvature = l2 + 0.25 * rows.reduce((most, row) => Math.max(most, row.length + 1), 1);
  // The weights and, last, the bias; `ahead` is where momentum carries them and where the slope is taken.
  const point = new Float64Array(features + 1);
  const ahead = new Float64Array(features + 1);
  const gradient = new Float64Array(features + 1);
  let sinceRestart = 0;
  for (let step = 0; step < mostSteps; step++) {
    writeGradient(gradient, ahead, { rows, labels, l2 });
    const { steepest, climb } = slopes(gradient, point, ahead, curvature);
    if (steepest < gradientTolerance) break;
    sinceRestart = climb > 0 ? 0 : sinceRestart + 1;
    const momentum = sinceRestart / (sinceRestart + 3);
    for (let i = 0; i <= features; i++) {
      const next = (ahead[i] ?? 0) - (gradient[i] ?? 0) / curvature;
      ahead[i] = next + momentum * (next - (point[i] ?? 0));
      point[i] = next;
    }
  }
  return { weights: point.subarray(0, features), bias: point[features] ?? 0 };
}

interface Problem {
  readonly rows: readonly SparseRow[];
  readonly labels: readonly number[];
  readonly l2: number;
}

/** Writes the gradient of the mean cross-entropy plus the penalty at a point into `gradient`. */
function writeGradient(gradient: Float64Array, point: Float64Array, { rows, labels, l2 }: Problem): void {
  const last = point.length - 1;
  const model = { weights: point.subarray(0, last), bias: point[last] ?? 0 };
  for (let i = 0; i < last; i++) gradient[i] = l2 * (point[i] ?? 0);
  gradient[last] = 0;
  for (const [n, row] of rows.entries()) {
    const residual = (1 / (1 + Math.exp(-logit(model, row))) - (labels[n] ?? 0)) / rows.length;
    for (const feature of row) gradient[feature] = (gradient[feature] ?? 0) + residual;
    gradient[last] = (gradient[last] ?? 0) + residual;
  }
}

/** The largest slope in any direction, and the slope along the coming move from `point`: above zero it is uphill. */
function slopes(gradient: Float64Array, point: Float64Array, ahead: Float64Array, curvature: number) {
  let steepest = 0;
  let climb = 0;
  for (let i = 0; i < gradient.length; i++) {
    const slope = gradient[i] ?? 0;
    steepest = Math.max(steepest, Math.abs(slope));
    climb += slope * ((ahead[i] ?? 0) - slope / curvature - (point[i] ?? 0));
  }
  return { steepest, climb };
}
