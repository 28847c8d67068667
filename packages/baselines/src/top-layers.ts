import { type ParameterRole, partOf, roleOf } from '@rose/encoders';
import { adamW, defineSelection } from '@rose/fine-tuning';
import { InputError } from '@rose/foundation';
import { z } from 'zod';

/**
 * Top-K tuning: the last K layers learn, with pooler and head; embeddings and the layers below stay as they were
 * pretrained (a baseline of CHILD-Tuning's comparison). Cost at most F + B: no gradient of a frozen weight is computed.
 */
export const topLayers = defineSelection({
  name: 'top-layers',
  title: 'Trains the last layers with pooler and head, and freezes the rest',
  paper: "A baseline in CHILD-Tuning's comparison (Xu et al., EMNLP 2021, arXiv:2109.05687)",
  section: 'topLayers',
  settings: z.strictObject({
    layers: z
      .int()
      .min(0)
      .default(3)
      .describe('K, the number of layers that learn; 0 leaves pooler and head. The paper: 0, 3, 6, 12'),
  }),
  objective: 'vanilla',
  checkModel: ({ layers }, model) => checkLayers(layers, model.layers),
  create({ layers }) {
    let roles: ReadonlyMap<string, ParameterRole> = new Map();
    let bottom = 0;
    return {
      rule: adamW,
      prepare(preview) {
        ({ roles } = preview);
        const found = new Set([...roles.values()].map(({ layer }) => layer).filter((layer) => layer !== undefined));
        checkLayers(layers, found.size);
        bottom = found.size - layers;
      },
      trains(parameter) {
        const role = roleOf(roles, parameter);
        return role.layer === undefined ? partOf(role) !== 'embeddings' : role.layer >= bottom;
      },
    };
  },
});

function checkLayers(asked: number, there: number): void {
  if (asked <= there) return;
  throw new InputError(`The top ${asked} layers cannot be had of a model with ${there}.`, {
    option: 'layers',
    hint: `Give a whole number from 0 to ${there}.`,
  });
}
