import { type TextClassifier, type TokenBatch, collate } from '@rose/encoders';

/** Two words that mean good and bad, in the fixture's vocabulary, among others that mean nothing. */
export const sentences: readonly string[] = Array.from({ length: 16 }, (_, i) =>
  `${i % 2 ? 'good' : 'bad'} ${['film', 'story', 'plot', 'cat'][i >> 2]} ${'very '.repeat(i % 4)}`.trim(),
);
export const labels = Int32Array.from(sentences, (_, i) => i % 2);

export const sequencesOf = ({ tokenizer, maxLength }: TextClassifier) =>
  sentences.map((text) => tokenizer.encode([text], maxLength));

/** All sixteen in one batch, padded to the longest. */
export const batchOf = (model: TextClassifier): TokenBatch =>
  collate(sequencesOf(model), { padId: model.tokenizer.padId });
