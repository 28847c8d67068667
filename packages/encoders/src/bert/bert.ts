import { defineFamily } from '../model/family.js';
import { LEFT_ASIDE, LEFT_ASIDE_BY_MEAN_POOLING, canonicalName } from './checkpoint-names.js';
import { bertConfigKeys } from './config-keys.js';
import { parseBertConfig } from './config.js';
import { bertNetwork } from './network.js';
import { BERT, bertClassifierSpecs } from './parameter-specs.js';
import { readBertTokenizer } from './tokenizer.js';

export const bert = defineFamily({
  name: BERT,
  title: 'BERT, and every encoder of its architecture: MiniLM, TinyBERT, BGE …',
  paper: 'Devlin et al., NAACL 2019, arXiv:1810.04805',
  tokenizerFiles: ['tokenizer.json'],
  poolings: ['cls', 'mean'],
  parseConfig(fields, { pooling }) {
    const config = parseBertConfig(fields);
    return { ...config, pooling: pooling ?? config.pooling, fields: fields.fields };
  },
  configKeys: bertConfigKeys,
  sizes: ({ positions, layers, hiddenDropout, attentionDropout, classifierDropout = 0 }) => ({
    mostTokens: positions,
    layers,
    dropoutRate: Math.max(hiddenDropout, attentionDropout, classifierDropout),
  }),
  readTokenizer: readBertTokenizer,
  specs: bertClassifierSpecs,
  canonicalName,
  leftAside: ({ pooling }) => (pooling === 'cls' ? LEFT_ASIDE : LEFT_ASIDE_BY_MEAN_POOLING),
  network: bertNetwork,
});
