import { describe, expect, it } from 'vitest';
import { measureBagOfWords, trainBagOfWords } from './bag-of-words.js';

const example = (text: string, label: number, id = 0) => ({ id, texts: [text], label });
const subjects = ['soup', 'song', 'coat', 'film', 'lamp', 'book', 'road', 'game', 'chair', 'lake'];
const told = (good: string, bad: string) =>
  subjects.flatMap((subject) => [example(`The ${subject} was ${good}.`, 1), example(`The ${subject} was ${bad}.`, 0)]);

describe('the bag of words', () => {
  it('solves what single words decide, whatever their case', () => {
    const predict = trainBagOfWords(told('splendid', 'dismal'), { order: 1, l2: 0.01 });
    expect(predict([example('SPLENDID boat', 1), example('A dismal boat', 0)])).toEqual([1, 0]);
  });

  it('cannot see order, which pairs of neighbours can', () => {
    const training = told('not bad but good', 'not good but bad');
    const predict = (order: 1 | 2) => trainBagOfWords(training, { order, l2: 0.01 })(training);
    expect(new Set(predict(1)).size).toBe(1);
    expect(predict(2)).toEqual(training.map(({ label }) => label));
  });

  it('reads both texts of a pair', () => {
    const training = told('splendid', 'dismal').map((e) => ({ ...e, texts: ['It was so.', ...e.texts] }));
    expect(trainBagOfWords(training, { order: 2, l2: 0.01 })(training)).toEqual(training.map(({ label }) => label));
  });

  it('chooses its penalty on the training set and is the same every time', () => {
    const [train, dev] = [told('splendid', 'dismal'), [example('What a splendid day', 1), example('Dismal!', 0)]];
    const measured = measureBagOfWords(train, dev, { strengths: [100, 0.01] });
    expect(measured).toMatchObject({ accuracy: 1, crossValidated: 1 });
    expect(measureBagOfWords(train, dev, { strengths: [100, 0.01] }).l2).toBe(measured.l2);
  });
});
