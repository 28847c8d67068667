import type { Mask } from './update-rule.js';

/** How much of each parameter gets through: mean μ by parameter name. */
export type MaskShares = ReadonlyMap<string, number>;

/** Mean μ by layer and by kind of weight within it; what belongs to no layer stands under its own first name. */
export type MaskDigest = Readonly<Record<string, Readonly<Record<string, number>>>>;

export const maskShares = (masks: ReadonlyMap<string, Mask>): MaskShares =>
  new Map([...masks].map(([name, mask]) => [name, typeof mask === 'number' ? mask : mean(mask)]));

export function mean(values: readonly number[] | Float32Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/**
 * The shares in a form that can be read and is short enough for every line of a log:
 * `{"encoder.layer.0": {"query": 1, "output.LayerNorm": 0, …}, …}`, with four digits after the point.
 * A name loses the model's prefix, `.weight`, `attention.self.` and `.dense`; a bias keeps `.bias`.
 */
export function digestMasks(shares: MaskShares): MaskDigest {
  const digest: Record<string, Record<string, number>> = {};
  for (const [parameter, share] of shares) {
    const [layer, kind] = placeOf(parameter);
    (digest[layer] ??= {})[kind] = Math.round(share * 1e4) / 1e4;
  }
  return digest;
}

function placeOf(parameter: string): readonly [layer: string, kind: string] {
  const [, layer, within] = /(?:^|\.)((?:encoder\.)?layer\.\d+)\.(.+)$/.exec(parameter) ?? outsideLayers(parameter);
  const kind = (within ?? '')
    .replace(/^attention\.self\./, '')
    .replace(/(.)\.weight$/, '$1')
    .replace(/(.)\.dense(?=\.bias$|$)/, '$1');
  return [layer ?? parameter, kind];
}

/** `bert.pooler.dense.weight`: pooler, dense.weight; `classifier.weight`: classifier, weight. */
const outsideLayers = (parameter: string) => /^(?:[^.]+\.(?=[^.]+\.[^.]+))?([^.]+)\.(.+)$/.exec(parameter) ?? [];
