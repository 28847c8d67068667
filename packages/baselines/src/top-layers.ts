import { type ParameterRole, partOf, roleOf } from '@rose/encoders';
import { type Selection, adamW } from '@rose/fine-tuning';
import { InputError } from '@rose/foundation';

export interface TopLayersOptions {
  /** K: how many of the encoder's last layers learn; 0 leaves pooler and head alone. */
  readonly layers: number;
}

/**
 * Top-K tuning: the last K layers learn, with pooler and head; embeddings and the layers below stay as they were
 * pretrained (a baseline of CHILD-Tuning's comparison). Cost at most F + B: no gradient of a frozen weight is computed.
 */
export function topLayers({ layers }: TopLayersOptions): Selection {
  let roles: ReadonlyMap<string, ParameterRole> = new Map();
  let bottom = 0;
  return {
    name: 'top-layers',
    rule: adamW,
    prepare(preview) {
      ({ roles } = preview);
      const found = new Set([...roles.values()].map(({ layer }) => layer).filter((layer) => layer !== undefined));
      if (!(Number.isInteger(layers) && layers >= 0 && layers <= found.size)) {
        throw new InputError(`The top ${layers} layers cannot be had of a model with ${found.size}.`, {
          where: 'topLayers.layers',
          hint: `Give a whole number from 0 to ${found.size}.`,
        });
      }
      bottom = found.size - layers;
    },
    trains(parameter) {
      const role = roleOf(roles, parameter);
      return role.layer === undefined ? partOf(role) !== 'embeddings' : role.layer >= bottom;
    },
    select: () => new Map(),
  };
}
