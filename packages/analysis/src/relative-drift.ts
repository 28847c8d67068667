import { type ParameterRole, roleOf } from '@rose/encoders';
import { hostNorm2 } from '@rose/fine-tuning';

/**
 * How far fine-tuning moved the weights: ‖w − w₀‖₂ / ‖w₀‖₂ by group of parameters, the largest first.
 *
 * A group is one layer's weights of one kind, such as `encoder.layer.0.attention`, or what stands outside the layers.
 * What ROSE froze shows here as what did not move.
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
  // A group that began at zero (a fresh bias) has no relative size; what it moved by is told as it is.
  const drift = [...groups].map(
    ([group, { moved, size }]) => [group, Math.sqrt(size > 0 ? moved / size : moved)] as const,
  );
  return new Map(drift.sort((a, b) => b[1] - a[1]));
}

/** `encoder.layer.3.attention` for the attention's query in layer 3; `classifier` for the bias of the head. */
export const parameterGroup = ({ layer, block }: ParameterRole): string =>
  layer === undefined ? block : `encoder.layer.${layer}.${block}`;
