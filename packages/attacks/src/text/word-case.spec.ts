import { expect, it } from 'vitest';
import { restoreCase } from './word-case.js';

it.each([
  ['Film', 'movie', 'film'],
  ['film', 'Movie', 'Film'],
  ['film', 'MOVIE', 'FILM'],
  ['film', 'A', 'Film'],
  ['McDonald', 'iPhone', 'McDonald'],
  ['film', 'iPhone', 'film'],
  ['so-so', "Don't", 'So-so'],
  ['école', 'Über', 'École'],
  ['Film', '42', 'Film'],
])('puts %s into the case of %s: %s', (word, model, expected) => {
  expect(restoreCase(word, model)).toBe(expected);
});
