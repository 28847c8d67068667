import { type ParameterRole, roleOf } from '@rose/encoders';
import type { Mask } from './update-rule.js';

/** How much of each parameter gets through: mean μ by parameter name. */
export type MaskShares = ReadonlyMap<string, number>;

/** Mean μ by layer, or by block outside the layers, and in it by the label of the parameter's role. */
export type MaskDigest = Readonly<Record<string, Readonly<Record<string, number>>>>;

export const maskShares = (masks: ReadonlyMap<string, Mask>): MaskShares =>
  new Map([...masks].map(([name, mask]) => [name, typeof mask === 'number' ? mask : mean(mask)]));

export function mean(values: readonly number[] | Float32Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/**
 * The shares in a readable form that is short enough for every line of a log:
 * `{"encoder.layer.0": {"query": 1, "output.LayerNorm": 0, …}, …}`, with four digits after the point.
 */
export function digestMasks(shares: MaskShares, roles: ReadonlyMap<string, ParameterRole>): MaskDigest {
  const digest: Record<string, Record<string, number>> = {};
  for (const [parameter, share] of shares) {
    const { layer, block, label } = roleOf(roles, parameter);
    const group = layer === undefined ? block : `encoder.layer.${layer}`;
    (digest[group] ??= {})[label] = Math.round(share * 1e4) / 1e4;
  }
  return digest;
}
