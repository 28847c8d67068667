import { InputError } from '@rose/foundation';
import type { AddedToken } from '../pipeline/added-tokens.js';
import { type Fields, isFields } from '../pipeline/component.js';
import type { TokenizerDefinition } from '../pipeline/pipeline.js';
import { type NamedId, classRecipes } from './class-recipes.js';
import { refuseDisagreement, refuseIdleFlag } from './disagreement.js';
import {
  type Role,
  ROLES,
  type SpecialTokens,
  type StatedTokens,
  addedTokensOf,
  statedTokens,
  tokensToAdd,
  withTokens,
} from './special-tokens.js';
import { tokenizerClassOf } from './tokenizer-class.js';
import type { TokenizerFiles } from './tokenizer-files.js';
import { readVocabulary } from './vocabulary.js';

/** A tokenizer as the files of a folder describe it together. */
export interface BuiltTokenizer {
  readonly definition: TokenizerDefinition;
  /** The file that decides, for error messages. */
  readonly where: string;
  /** The tokens with a role, such as the mask. */
  readonly roles: Readonly<Partial<Record<Role, string>>>;
  /** Whether models with this tokenizer are told which text of a pair a token comes from. */
  readonly tokenTypes: boolean;
  /** Whether special tokens are found in texts. */
  readonly findsSpecials: boolean;
}

/**
 * Builds what `AutoTokenizer.from_pretrained(folder)` of transformers 5 builds.
 * @param modelType `model_type` of config.json, where it is known
 * @throws InputError for files that are missing, broken or not supported, or that contradict each other
 */
export function buildTokenizer(files: TokenizerFiles, modelType: string | undefined): BuiltTokenizer {
  const config = files.fields('tokenizer_config.json');
  const className = tokenizerClassOf(files, modelType);
  const stated = statedTokens(files);
  const built = className === undefined ? byFile(files, stated) : byClass(files, stated, className);
  const inputs = config['model_input_names'];
  return {
    ...built,
    tokenTypes: Array.isArray(inputs) ? inputs.includes('token_type_ids') : built.tokenTypes,
    findsSpecials: config['split_special_tokens'] !== true,
  };
}

type Built = Omit<BuiltTokenizer, 'findsSpecials'>;

/** tokenizer.json as it is, and the tokens that the other files add. */
function byFile(files: TokenizerFiles, stated: StatedTokens): Built {
  const where = files.path('tokenizer.json');
  const fields = files.json('tokenizer.json').fields;
  refuseIdleFlag(files);
  const part = (key: string): Fields | null => {
    const value = fields[key] ?? null;
    if (value === null || isFields(value)) return value;
    throw new InputError(`"${key}" should be an object.`, { where, hint: HINT });
  };
  const model = part('model');
  if (!model) throw new InputError('The file has no "model".', { where, hint: HINT });
  const vocabulary = sizedVocabulary(model);
  const inFile = addedTokensOf(fields, where);
  checkIds(inFile, withTokens([], inFile, vocabulary), where);
  const roles = present(stated.roles);
  return {
    definition: {
      added_tokens: withTokens(inFile, tokensToAdd(stated, roles), vocabulary),
      normalizer: part('normalizer'),
      pre_tokenizer: part('pre_tokenizer'),
      model,
      post_processor: part('post_processor'),
      decoder: part('decoder'),
    },
    where,
    roles: names(roles),
    tokenTypes: false,
  };
}

const HINT = 'Save the tokenizer again with a current version of transformers.';

/** The vocabulary from the files, everything else by the class and tokenizer_config.json. */
function byClass(files: TokenizerFiles, stated: StatedTokens, className: string): Built {
  const recipe = Object.hasOwn(classRecipes, className) ? classRecipes[className] : undefined;
  if (!recipe) {
    throw new InputError(`The tokenizer class ${className} is not supported.`, {
      where: files.path('tokenizer_config.json'),
      hint: `Supported values of "tokenizer_class": ${Object.keys(classRecipes).join(', ')}, and PreTrainedTokenizerFast with a tokenizer.json.`,
    });
  }
  if (files.has('tokenizer.json')) refuseDisagreement(files, className, recipe);
  const roles = present({ ...recipe.roles, ...stated.roles });
  const { model, charsmap, found, where } = readVocabulary({ files, recipe, roles });
  const config = files.fields('tokenizer_config.json');
  const vocabulary = sizedVocabulary(model);
  const saysOthers = 'extra_special_tokens' in config || 'additional_special_tokens' in config;
  const others = saysOthers || stated.others.length > 0 ? stated.others : found;
  const added = withTokens([], tokensToAdd({ ...stated, others }, roles), vocabulary);
  if (files.has('tokenizer.json')) checkIds(addedTokensOf(files.fields('tokenizer.json'), where), added, where);
  const idOf = (role: Role): NamedId => {
    const name = roles[role]?.content;
    const id = added.find(({ content }) => content === name)?.id;
    if (name !== undefined && id !== undefined) return [name, id];
    throw new InputError(`A ${className} needs "${role}_token".`, {
      where: files.path('tokenizer_config.json'),
      hint: 'Leave the key out for the usual token.',
    });
  };
  const input = { config, charsmap };
  const [start, end] = recipe.ends;
  return {
    definition: {
      added_tokens: added,
      normalizer: recipe.normalizer(input),
      pre_tokenizer: recipe.preTokenizer(input),
      model,
      post_processor: recipe.postProcessor({ start: idOf(start), end: idOf(end) }, input),
      decoder: recipe.decoder(input),
    },
    where,
    roles: names(roles),
    tokenTypes: recipe.tokenTypes,
  };
}

function present(roles: StatedTokens['roles']): SpecialTokens {
  return Object.fromEntries(Object.entries(roles).filter(([, token]) => token !== null)) as SpecialTokens;
}

const names = (roles: SpecialTokens): BuiltTokenizer['roles'] =>
  Object.fromEntries(ROLES.flatMap((role) => (roles[role] ? [[role, roles[role].content]] : [])));

/** The ids of a model's tokens, in whichever form it lists them. */
function sizedVocabulary({ vocab }: Fields): ReadonlyMap<string, number> {
  if (Array.isArray(vocab)) {
    return new Map(vocab.map((entry: unknown, id) => [Array.isArray(entry) ? String(entry[0]) : '', id]));
  }
  return new Map(isFields(vocab) ? (Object.entries(vocab) as [string, number][]) : []);
}

/** Python numbers added tokens in their order, whatever ids the file states. Where the two differ, something is lost. */
function checkIds(stated: readonly AddedToken[], given: readonly AddedToken[], where: string): void {
  const ids = new Map(given.map(({ content, id }) => [content, id]));
  for (const { content, id } of stated) {
    const found = ids.get(content);
    if (content === '' || found === undefined || found === id) continue;
    throw new InputError(`The added token "${content}" is stated with id ${id}, but Python gives it id ${found}.`, {
      where,
      hint: 'Ids of added tokens have to follow the vocabulary without a gap, or be those of the vocabulary.',
    });
  }
}
