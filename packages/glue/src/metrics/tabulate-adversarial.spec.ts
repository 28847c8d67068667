import { describe, expect, it } from 'vitest';
import type { AdversarialExample, Construction } from '../examples/example.js';
import { tabulateAdversarial } from './tabulate-adversarial.js';

const item = (label: number, construction?: Construction, method?: string): AdversarialExample => ({
  id: 0,
  texts: ['text'],
  label,
  ...(construction && { construction }),
  ...(method && { method }),
});

describe('the table of an adversarial set', () => {
  const items = [
    item(1, 'human', 'CheckList'),
    item(0, 'word', 'TextFooler'),
    item(1, 'word', 'TextBugger'),
    item(1, 'word', 'TextBugger'),
    item(0, 'sentence', 'CheckList'),
    item(1),
  ];

  it('counts correct answers per construction and method', () => {
    expect(tabulateAdversarial(items, [1, 1, 1, 0, 0, 1])).toEqual({
      all: { correct: 4, total: 6 },
      byConstruction: [
        { construction: 'word', correct: 1, total: 3 },
        { construction: 'sentence', correct: 1, total: 1 },
        { construction: 'human', correct: 1, total: 1 },
      ],
      byMethod: [
        { construction: 'word', method: 'TextBugger', correct: 1, total: 2 },
        { construction: 'word', method: 'TextFooler', correct: 0, total: 1 },
        { construction: 'sentence', method: 'CheckList', correct: 1, total: 1 },
        { construction: 'human', method: 'CheckList', correct: 1, total: 1 },
      ],
    });
  });

  it('refuses a list of predictions of another length', () => {
    expect(() => tabulateAdversarial(items, [1])).toThrow(RangeError);
  });
});
