import { InputError } from '@rose/foundation';
import type { AddedToken } from '../pipeline/added-tokens.js';
import { type Fields, isFields } from '../pipeline/component.js';
import type { TokenizerFiles } from './tokenizer-files.js';

/** A token that is to be added, before it has an id. */
export type NewToken = Omit<AddedToken, 'id'>;

/** The roles of special tokens, in the order in which transformers adds them. */
export const ROLES = ['bos', 'eos', 'unk', 'sep', 'pad', 'cls', 'mask'] as const;
export type Role = (typeof ROLES)[number];

/** Which tokens have a role, by role. */
export type SpecialTokens = Readonly<Partial<Record<Role, NewToken>>>;

/** Everything that the files of a folder say of added and special tokens. */
export interface StatedTokens {
  /** Tokens with stated ids, in their order. */
  readonly listed: readonly NewToken[];
  /** A role that is null has no token, whatever the class's default. */
  readonly roles: Readonly<Partial<Record<Role, NewToken | null>>>;
  /** Special tokens without a role. */
  readonly others: readonly NewToken[];
}

/** What a name alone stands for: a special token that is looked for as it is. */
export const specialToken = (content: string, more: Partial<NewToken> = {}): NewToken => ({
  content,
  ...{ single_word: false, lstrip: false, rstrip: false, normalized: false, special: true },
  ...more,
});

/** A token with flags, as tokenizer.json, tokenizer_config.json and special_tokens_map.json have it. */
function flaggedToken(fields: Fields, isSpecial: boolean): NewToken | undefined {
  const { content } = fields;
  if (typeof content !== 'string') return undefined;
  const flag = (key: string, fallback: boolean) => (typeof fields[key] === 'boolean' ? fields[key] : fallback);
  const special = isSpecial || flag('special', false);
  return {
    content,
    single_word: flag('single_word', false),
    lstrip: flag('lstrip', false),
    rstrip: flag('rstrip', false),
    normalized: flag('normalized', !special),
    special,
  };
}

/** A name, or an object with flags. */
function tokenOf(value: unknown): NewToken | undefined {
  if (typeof value === 'string') return specialToken(value);
  return isFields(value) ? flaggedToken(value, true) : undefined;
}

/** `added_tokens` of tokenizer.json, in its order. @throws InputError for an entry that is none */
export function addedTokensOf(fields: Fields, where: string): AddedToken[] {
  const tokens = fields['added_tokens'] ?? [];
  if (!Array.isArray(tokens)) throw new InputError('"added_tokens" should be a list.', { where, hint: HINT });
  return tokens.map((entry: unknown, i) => {
    const token = isFields(entry) ? flaggedToken(entry, false) : undefined;
    const id = isFields(entry) ? entry['id'] : undefined;
    if (token && Number.isSafeInteger(id)) return { id: id as number, ...token };
    throw new InputError(`Entry ${i} of "added_tokens" has no content or no id.`, { where, hint: HINT });
  });
}

const HINT = 'Save the tokenizer again with a current version of transformers.';

/** `added_tokens_decoder` of tokenizer_config.json: flags by id. */
function decoderTokens(decoder: Fields, where: string): AddedToken[] {
  return Object.entries(decoder).map(([id, value]) => {
    const token = isFields(value) ? flaggedToken(value, false) : undefined;
    if (token && /^\d+$/.test(id)) return { id: Number(id), ...token };
    throw new InputError(`Token ${id} of "added_tokens_decoder" has no content or no id.`, { where, hint: HINT });
  });
}

/** added_tokens.json of former versions: ids by name. Those that have a role, or are listed as special, are special. */
function namedTokens(ids: Fields, config: Fields): AddedToken[] {
  const specials = new Set([...roleTokens(config).values(), ...otherTokens(config)].map((token) => token?.content));
  return Object.entries(ids).map(([content, id]) => {
    const special = specials.has(content);
    return { id: Number(id), ...specialToken(content, { special, normalized: !special }) };
  });
}

/**
 * What the files say of tokens. As in transformers, `added_tokens_decoder` of tokenizer_config.json is the last word. Only
 * without it do special_tokens_map.json, added_tokens.json and the list in tokenizer.json count.
 */
export function statedTokens(files: TokenizerFiles): StatedTokens {
  const config: Record<string, unknown> = { ...files.fields('tokenizer_config.json') };
  const decoder = config['added_tokens_decoder'];
  let listed: readonly AddedToken[];
  if (isFields(decoder)) {
    listed = decoderTokens(decoder, files.path('tokenizer_config.json'));
  } else {
    Object.assign(config, files.fields('special_tokens_map.json'));
    listed = [
      ...namedTokens(files.fields('added_tokens.json'), config),
      ...addedTokensOf(files.fields('tokenizer.json'), files.path('tokenizer.json')),
    ];
  }
  const byId = new Map(listed.map(({ id, ...token }) => [id, token]));
  const flagged = new Map([...byId.values()].map((token) => [token.content, token]));
  const stated = [...roleTokens(config)].map(([role, token]) => [role, token && (flagged.get(token.content) ?? token)]);
  return {
    listed: [...byId].sort(([a], [b]) => a - b).map(([, token]) => token),
    roles: Object.fromEntries(stated) as StatedTokens['roles'],
    others: otherTokens(config),
  };
}

function roleTokens(config: Fields): Map<Role, NewToken | null> {
  const roles = new Map<Role, NewToken | null>();
  for (const role of ROLES) {
    const value = config[`${role}_token`];
    if (value === undefined) continue;
    const token = tokenOf(value);
    if (token || value === null) roles.set(role, token ?? null);
  }
  return roles;
}

/** Special tokens beyond the roles: in a list, with names of their own, or under keys such as `image_token`. */
function otherTokens(config: Fields): NewToken[] {
  const named = ROLES.map((role) => `${role}_token`);
  const own = Object.entries(config).filter(([key, value]) => {
    return key.endsWith('_token') && !named.includes(key) && (typeof value === 'string' || isFields(value));
  });
  const extra = config['extra_special_tokens'];
  const isEmpty = extra == null || (Array.isArray(extra) && extra.length === 0);
  const values: unknown = isEmpty ? config['additional_special_tokens'] : extra;
  const list = Array.isArray(values) ? (values as unknown[]) : isFields(values) ? Object.values(values) : [];
  return [...own.map(([, value]) => value), ...list].flatMap((value) => tokenOf(value) ?? []);
}

/**
 * Adds tokens to those that a tokenizer has: one of the vocabulary keeps its id, a new one gets the next. A token that is
 * there already gets the new flags.
 */
export function withTokens(
  tokens: readonly AddedToken[],
  added: readonly NewToken[],
  vocabulary: Pick<ReadonlyMap<string, number>, 'get' | 'size'>,
): AddedToken[] {
  const result = new Map(tokens.map((token) => [token.content, token]));
  let next = tokens.reduce((most, { id }) => Math.max(most, id + 1), vocabulary.size);
  for (const token of added) {
    if (token.content === '') continue;
    const id = result.get(token.content)?.id ?? vocabulary.get(token.content) ?? next;
    next = Math.max(next, id + 1);
    result.set(token.content, { ...token, id });
  }
  return [...result.values()];
}

/** The tokens to add, in the order of transformers: those with stated ids, then the roles, then the rest. */
export function tokensToAdd({ listed, others }: StatedTokens, roles: SpecialTokens): NewToken[] {
  const inRoles = ROLES.flatMap((role) => roles[role] ?? []);
  const names = new Set(inRoles.map(({ content }) => content));
  const result = listed.map((token) => (names.has(token.content) ? { ...token, special: true } : token));
  for (const token of [...inRoles, ...others]) {
    if (!result.some(({ content }) => content === token.content))
      result.push({ ...token, special: token.special || names.has(token.content) });
  }
  return result;
}
