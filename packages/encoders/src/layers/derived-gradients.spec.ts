import { RandomStream } from '@rose/foundation';
import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { largestDifference } from '../testing/tensors.js';
import { Weights } from './weights.js';
import { type LayerWithGradient, deriveGradients } from './derived-gradients.js';
import { dotProductAttention } from './dot-product-attention.js';
import { gelu } from './gelu.js';
import { layerNorm } from './layer-norm.js';
import { rotary } from './rotary.js';

interface Case {
  readonly name: string;
  readonly layer: LayerWithGradient;
  /** Shape of each thing that the layer has a gradient for, by its name. */
  readonly shapes: Readonly<Record<string, number[]>>;
  readonly compute: (variables: ReadonlyMap<string, tf.Variable>) => tf.Tensor;
}

const get = <T extends tf.Tensor>(variables: ReadonlyMap<string, tf.Variable>, name: string): T =>
  variables.get(name) as unknown as T;

const heads = { q: [2, 3, 5, 4], k: [2, 3, 6, 4], v: [2, 3, 6, 4] };

/** Two rows of six tokens, the last two of the second row padding. */
const bias = () => tf.tensor4d([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1e9, -1e9], [2, 1, 1, 6]);

const angles = () => {
  const angle: tf.Tensor2D = tf.mul(tf.range(0, 5).expandDims(1), tf.tensor2d([[1, 0.3]]));
  return { cos: tf.cos(angle), sin: tf.sin(angle) };
};

/** Zeros where something was dropped, 1.25 elsewhere. */
const factors = (): tf.Tensor4D => tf.mul(tf.cast(tf.greater(random([2, 3, 5, 6], 'factors'), -0.6), 'float32'), 1.25);

const cases: Case[] = [
  {
    name: 'gelu',
    layer: 'gelu',
    shapes: { x: [5, 4] },
    compute: (variables) => gelu(get<tf.Tensor2D>(variables, 'x')),
  },
  {
    name: 'layer normalisation',
    layer: 'layer-norm',
    shapes: { x: [5, 8], 'w.weight': [8], 'w.bias': [8] },
    compute: (variables) => layerNorm(get<tf.Tensor2D>(variables, 'x'), new Weights(variables, 'w'), 1e-12),
  },
  {
    name: 'layer normalisation without β',
    layer: 'layer-norm',
    shapes: { x: [5, 8], 'w.weight': [8] },
    compute: (variables) => layerNorm(get<tf.Tensor2D>(variables, 'x'), new Weights(variables, 'w'), 1e-12),
  },
  {
    name: 'rotary positions',
    layer: 'rotary',
    // Two rows of three tokens, two heads of four elements; the tables are for five tokens.
    shapes: { x: [6, 8] },
    compute: (variables) => rotary(get<tf.Tensor2D>(variables, 'x'), { rows: 2, ...angles() }),
  },
  {
    name: 'attention',
    layer: 'attention',
    shapes: heads,
    compute: (variables) =>
      dotProductAttention(get(variables, 'q'), get(variables, 'k'), get(variables, 'v'), { bias: bias() }),
  },
  {
    name: 'attention in a window of each query',
    layer: 'attention',
    shapes: heads,
    compute: (variables) =>
      dotProductAttention(get(variables, 'q'), get(variables, 'k'), get(variables, 'v'), {
        bias: tf.add(bias(), tf.mul(tf.cast(tf.greater(random([2, 1, 5, 6], 'window'), 0.3), 'float32'), -1e9)),
      }),
  },
  {
    name: 'attention with dropout',
    layer: 'attention',
    shapes: heads,
    compute: (variables) =>
      dotProductAttention(get(variables, 'q'), get(variables, 'k'), get(variables, 'v'), {
        bias: bias(),
        factors: factors(),
      }),
  },
];

function random(shape: number[], label: string): tf.Tensor4D {
  const stream = RandomStream.of('derived gradients', label);
  const length = tf.util.sizeFromShape(shape);
  const values = Float32Array.from({ length }, () => stream.uint32() / 0x8000_0000 - 1);
  const tensor: tf.Tensor = tf.tensor(values, shape);
  return tensor as tf.Tensor4D;
}

/** The value, and the gradients of its inner product with fixed random numbers. */
async function run({ shapes, compute }: Case): Promise<Map<string, Float32Array>> {
  const variables = new Map(Object.entries(shapes).map(([name, shape]) => [name, tf.variable(random(shape, name))]));
  const results = new Map<string, tf.Tensor>();
  const { value, grads } = tf.variableGrads(() => {
    const y = compute(variables);
    results.set('value', tf.keep(tf.clone(y)));
    return tf.sum<tf.Scalar>(tf.mul(y, random(y.shape, 'weighting')));
  }, [...variables.values()]);
  for (const [name, variable] of variables) results.set(name, grads[variable.name] as tf.Tensor);
  const arrays = new Map<string, Float32Array>();
  for (const [name, tensor] of results) arrays.set(name, (await tensor.data()) as Float32Array);
  tf.dispose([value, ...results.values(), ...variables.values()]);
  return arrays;
}

describe('deriveGradients', () => {
  beforeAll(async () => {
    await tf.setBackend('cpu');
  });
  afterEach(() => deriveGradients([]));

  it.each(cases)('gives the gradients that are written out: $name', async (layer) => {
    const custom = vi.spyOn(tf.engine(), 'customGrad');
    const written = await run(layer);
    expect(custom).toHaveBeenCalledTimes(1);
    custom.mockClear();
    deriveGradients([layer.layer]);
    const derived = await run(layer);
    expect(custom).not.toHaveBeenCalled();
    custom.mockRestore();
    expect([...written.keys()]).toEqual(['value', ...Object.keys(layer.shapes)]);
    for (const [name, values] of written) {
      expect(Math.max(...values.map(Math.abs)), name).toBeGreaterThan(0.1);
      expect(largestDifference(derived.get(name) ?? [], values), name).toBeLessThan(1e-5);
    }
  });

  it('leaves the kernels of the backend to the layers with written-out gradients', () => {
    const fused = vi.fn(({ inputs }: { inputs: tf.NamedTensorInfoMap }) => inputs['x'] as tf.TensorInfo);
    tf.registerKernel({ kernelName: 'Gelu', backendName: 'cpu', kernelFunc: fused });
    try {
      tf.tidy(() => gelu(tf.tensor2d([[1]])));
      expect(fused).toHaveBeenCalledTimes(1);
      deriveGradients(['gelu']);
      tf.tidy(() => gelu(tf.tensor2d([[1]])));
      deriveGradients(['layer-norm']);
      expect(fused).toHaveBeenCalledTimes(1);
      tf.tidy(() => gelu(tf.tensor2d([[1]])));
      expect(fused).toHaveBeenCalledTimes(2);
    } finally {
      tf.unregisterKernel('Gelu', 'cpu');
    }
  });
});
