import type { ModuleRole, ParameterRole } from './parameter-role.js';

/** One parameter of an architecture. */
export interface ParameterSpec {
  /** The Hugging Face state-dict name. */
  readonly name: string;
  readonly shape: readonly number[];
  readonly role: ParameterRole;
  /** How it starts if a checkpoint lacks it. Without this, a checkpoint must have it. */
  readonly fresh?: 'zeros' | 'ones' | { readonly normal: 'head' | 'head-dense' | 'pooler' };
  /** Whether a stored tensor of another shape counts as missing, as a head for another number of classes does. */
  readonly replaceable?: boolean;
}

type Pair = [weight: ParameterSpec, bias: ParameterSpec];

/** Weight and bias of a linear layer, the weight [outputs, inputs]. */
export const affineSpecs = (name: string, module: ModuleRole, [outputs, inputs]: readonly [number, number]): Pair => [
  { name: `${name}.weight`, shape: [outputs, inputs], role: { ...module, role: 'weight' } },
  { name: `${name}.bias`, shape: [outputs], role: { ...module, role: 'bias', label: `${module.label}.bias` } },
];

/** Scale and shift of a layer normalisation. */
export const normSpecs = (name: string, module: ModuleRole, width: number): Pair => [
  { name: `${name}.weight`, shape: [width], role: { ...module, role: 'scale' } },
  { name: `${name}.bias`, shape: [width], role: { ...module, role: 'shift', label: `${module.label}.bias` } },
];

/** A table of embeddings, [ids, width]. */
export function tableSpec(
  name: string,
  module: ModuleRole,
  shape: readonly [ids: number, width: number],
): ParameterSpec {
  return { name: `${name}.weight`, shape, role: { ...module, role: 'table' } };
}

/** The linear layer at the end of every classifier. A stored one for another number of classes is replaced. */
export function headSpecs(classes: number, width: number, name = 'classifier'): Pair {
  const head = { kind: 'head', block: 'classifier' } as const;
  return [
    {
      name: `${name}.weight`,
      shape: [classes, width],
      role: { ...head, role: 'weight', label: 'weight' },
      fresh: { normal: 'head' },
      replaceable: true,
    },
    {
      name: `${name}.bias`,
      shape: [classes],
      role: { ...head, role: 'bias', label: 'bias' },
      fresh: 'zeros',
      replaceable: true,
    },
  ];
}
