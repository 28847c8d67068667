import { InputError } from '@rose/foundation';
import type { TokenizerFiles } from './tokenizer-files.js';

/** Which class transformers takes for a model, by `model_type`. */
const BY_MODEL_TYPE: Readonly<Record<string, string>> = {
  bert: 'BertTokenizer',
  distilbert: 'BertTokenizer',
  electra: 'BertTokenizer',
  mpnet: 'MPNetTokenizer',
  roberta: 'RobertaTokenizer',
  'xlm-roberta': 'XLMRobertaTokenizer',
  'deberta-v2': 'DebertaV2Tokenizer',
};

/** Models whose tokenizer_config.json names a wrong class. transformers goes by tokenizer.json alone. */
const BY_FILE_ALONE = new Set(['modernbert']);

/** Classes that read tokenizer.json as it is. */
const GENERIC = new Set(['TokenizersBackend', 'PreTrainedTokenizer']);

/** Names of one and the same class. */
const SYNONYMS: Readonly<Record<string, string>> = { ElectraTokenizer: 'BertTokenizer' };

/**
 * The class of transformers that reads a folder, without the `Fast` of former versions: `tokenizer_class` of
 * tokenizer_config.json, else the one of the model. Undefined is a tokenizer that goes by its tokenizer.json.
 */
export function tokenizerClassOf(files: TokenizerFiles, modelType: string | undefined): string | undefined {
  const stated = files.fields('tokenizer_config.json')['tokenizer_class'];
  const ofModel = modelType === undefined ? undefined : BY_MODEL_TYPE[modelType];
  if (stated !== undefined && stated !== null && typeof stated !== 'string') {
    throw new InputError('"tokenizer_class" should be a string.', {
      where: files.path('tokenizer_config.json'),
      hint: 'Set it to the name of a class of transformers, such as BertTokenizer.',
    });
  }
  if (modelType !== undefined && BY_FILE_ALONE.has(modelType)) return undefined;
  const name = (stated ?? ofModel)?.replace(/Fast$/, '');
  if (name === undefined || GENERIC.has(name)) return undefined;
  return SYNONYMS[name] ?? name;
}
