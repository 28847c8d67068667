import type { Network } from '../model/create-classifier.js';
import type { NetworkParts } from '../model/family.js';
import { meanPooling } from '../layers/mean-pooling.js';
import { Weights } from '../layers/weights.js';
import type { BertConfig } from './config.js';
import { bertFirstStates, bertHiddenStates } from './encoder.js';
import { BERT } from './parameter-specs.js';
import { bertPooler } from './pooler.js';

/** A BERT as its folder describes it. */
export interface BertFolderConfig extends BertConfig {
  /** config.json as it was read. Keys that are not used here are saved again unchanged. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Hugging Face's `BertForSequenceClassification`, or the same with a head on the mean over the tokens. */
export function bertNetwork(config: BertFolderConfig, { variables }: NetworkParts): Network {
  const weights = new Weights(variables, BERT);
  return {
    pool: (batch, options) =>
      config.pooling === 'cls'
        ? bertPooler(bertFirstStates(batch, weights, config, options), weights.at('pooler'))
        : meanPooling(bertHiddenStates(batch, weights, config, options), batch.mask),
    headDropout: ({ dropoutRate }) => config.classifierDropout ?? dropoutRate ?? config.hiddenDropout,
    config: {
      ...config.fields,
      // Hugging Face's class of this name computes the same only with its own pooler.
      ...(config.pooling === 'cls'
        ? { architectures: ['BertForSequenceClassification'] }
        : { architectures: [], classifier_pooling: 'mean' }),
    },
  };
}
