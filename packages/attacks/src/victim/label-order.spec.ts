import { InputError } from '@rose/foundation';
import { expect, it } from 'vitest';
import { labelOrder } from './label-order.js';

const taskLabels = ['negative', 'positive'];

it('goes by names in any case and order, by position only where there are none', () => {
  expect(labelOrder({ victimLabels: ['POSITIVE', 'Negative'], taskLabels })).toEqual([1, 0]);
  expect(labelOrder({ victimLabels: ['LABEL_0', 'LABEL_1'], taskLabels })).toEqual([0, 1]);
  expect(
    labelOrder({ victimLabels: ['not entailment', 'Entailment'], taskLabels: ['entailment', 'not_entailment'] }),
  ).toEqual([1, 0]);
});

it('takes the names that a user gives, also some of more', () => {
  expect(
    labelOrder({ victimLabels: ['5 stars', '3 stars', '1 star'], taskLabels, labels: ['1 star', '5 stars'] }),
  ).toEqual([2, 0]);
  expect(labelOrder({ victimLabels: ['LABEL_0', 'LABEL_1'], taskLabels, labels: ['LABEL_1', 'LABEL_0'] })).toEqual([
    1, 0,
  ]);
});

it.each([
  [['joy', 'anger'], undefined, "no label 'negative'"],
  [['negative', 'neutral', 'positive'], undefined, '3 classes, the task 2'],
  [['a', 'b'], ['a'], '1 labels are named'],
  [['a', 'b'], ['a', 'a'], 'named twice'],
  [['a', 'b'], ['a', 'c'], "no label 'c'"],
])('guesses nothing: %j, named %j', (victimLabels, labels, message) => {
  const order = () => labelOrder({ victimLabels, taskLabels, labels });
  expect(order).toThrow(InputError);
  expect(order).toThrow(
    expect.objectContaining({
      message: expect.stringContaining(message) as string,
      option: 'labels',
      hint: expect.stringContaining(`(${victimLabels.join(', ')})`) as string,
    }),
  );
});
