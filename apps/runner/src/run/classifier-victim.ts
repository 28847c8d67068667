import type { TextClassifier } from '@rose/encoders';
import { predict } from '@rose/fine-tuning';
import type { TextVictim } from '../suites/suite.js';
import { gradientNorms } from '../victims/gradient-norms.js';

/** A fine-tuned encoder as a function from texts to probabilities. */
export function classifierVictim(name: string, model: TextClassifier): TextVictim {
  return {
    name,
    probabilities: (inputs) =>
      predict(
        model,
        inputs.map((texts) => model.tokenizer.encode(texts, model.maxLength)),
      ),
    gradientNorms: gradientNorms(model),
  };
}
