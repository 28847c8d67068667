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
  let bottom = 0;
  return {
    name: 'top-layers',
    rule: adamW,
    prepare({ shapes }) {
      const found = new Set([...shapes.keys()].map(layerOf).filter((layer) => layer !== undefined));
      if (!(Number.isInteger(layers) && layers >= 0 && layers <= found.size)) {
        throw new InputError(`The top ${layers} layers cannot be had of a model with ${found.size}.`, {
          where: 'topLayers.layers',
          hint: `Give a whole number from 0 to ${found.size}.`,
        });
      }
      bottom = found.size - layers;
    },
    trains(parameter) {
      const layer = layerOf(parameter);
      return layer === undefined ? !/(^|\.)embeddings\./.test(parameter) : layer >= bottom;
    },
    select: () => new Map(),
  };
}

/** Counted from 0, from the embeddings up; undefined for what belongs to no layer. */
function layerOf(parameter: string): number | undefined {
  const index = /(?:^|\.)layer\.(\d+)\./.exec(parameter)?.[1];
  return index === undefined ? undefined : Number(index);
}
