import { type ParameterRole, roleOf } from '@rose/encoders';
import { hostNorm2 } from '@rose/fine-tuning';

/**
 * How far fine-tuning moved the weights: ‖w − w₀‖₂ / ‖w₀‖₂ by group of parameters, the largest first.
 *
 * A group is one block of one layer, such as `encoder.layer.0.attention`, or a block outside the layers, such as `embeddings`.
 * Weights that a method froze have not moved.
 *
 * @param before w₀ by parameter name, the pre-trained weights
 * @param after w by the same names
 * @param roles what each of them is for
 */
export function relativeDrift(
  before: ReadonlyMap<string, Float32Array>,
  after: ReadonlyMap<string, Float32Array>,
  roles: ReadonlyMap<string, ParameterRole>,
): Map<string, number> {
  const groups = new Map<string, { moved: number; size: number }>();
  for (const [name, from] of before) {
    const to = after.get(name);
    if (!to) throw new Error(`The fine-tuned weights lack the parameter '${name}'.`);
    const group = parameterGroup(roleOf(roles, name));
    const sums = groups.get(group) ?? { moved: 0, size: 0 };
    sums.moved += hostNorm2(to.map((w, i) => w - (from[i] as number))) ** 2;
    sums.size += hostNorm2(from) ** 2;
    groups.set(group, sums);
  }
  // A group that began at zero (the bias of a new head) has no relative drift; it is given as it is.
  const drift = [...groups].map(
    ([group, { moved, size }]) => [group, Math.sqrt(size > 0 ? moved / size : moved)] as const,
  );
  return new Map(drift.sort((a, b) => b[1] - a[1]));
}

/** The group of a parameter: `encoder.layer.3.attention` for a query matrix of layer 3, `classifier` for the head. */
export const parameterGroup = ({ layer, block }: ParameterRole): string =>
  layer === undefined ? block : `encoder.layer.${layer}.${block}`;
