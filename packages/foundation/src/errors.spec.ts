import { expect, it } from 'vitest';
import { InputError, InterruptedError, describeError } from './errors.js';

it.each([
  [{}, 'No.'],
  [{ option: 'hub' }, 'No.\n  where: hub'],
  [{ where: 'a.json:3', hint: 'Mend it.' }, 'No.\n  where: a.json:3\n  next:  Mend it.'],
  [{ where: 'a.json:3', option: 'hub' }, 'No.\n  where: a.json:3 (hub)'],
  [{ where: 'hub/a.json', option: 'hub' }, 'No.\n  where: hub/a.json'],
])('describes an error with %j', (details, text) => {
  expect(describeError(new InputError('No.', details))).toBe(text);
});

it('does not repeat an option that the message names', () => {
  const named = new InputError("There is no setting 'rose.uper'.", { where: 'a.yaml:3', option: 'rose.uper' });
  expect(describeError(named)).toBe("There is no setting 'rose.uper'.\n  where: a.yaml:3");
});

it('describes every other error by its message, without a stack', () => {
  expect(describeError(new TypeError('x is undefined'))).toBe('x is undefined');
  expect(describeError('gone')).toBe('gone');
  expect(describeError(new InterruptedError())).toBe('Interrupted.');
});
