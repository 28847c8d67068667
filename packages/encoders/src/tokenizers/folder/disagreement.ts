import { InputError } from '@rose/foundation';
import { type Fields, isFields } from '../pipeline/component.js';
import type { ClassRecipe } from './class-recipes.js';
import type { TokenizerFiles } from './tokenizer-files.js';

/** The parts of a component, those of a sequence one by one. */
function partsOf(component: unknown): Fields[] {
  if (!isFields(component)) return [];
  const list = component['normalizers'] ?? component['pretokenizers'];
  return Array.isArray(list) ? (list as unknown[]).flatMap(partsOf) : [component];
}

/**
 * Refuses a tokenizer.json that describes another tokenizer than its class builds.
 *
 * transformers 5 takes nothing but the vocabulary from the file and builds the rest by the class and tokenizer_config.json. What
 * tokenizer_config.json says explicitly is what the user wants, and wins as it does there. But a difference of which nobody
 * speaks would only be noticed by its results.
 */
export function refuseDisagreement(files: TokenizerFiles, className: string, recipe: ClassRecipe): void {
  const where = files.path('tokenizer.json');
  const definition = files.json('tokenizer.json').fields;
  const config = files.fields('tokenizer_config.json');
  for (const kind of ['normalizer', 'pre_tokenizer'] as const) {
    for (const part of partsOf(definition[kind])) {
      const type = String(part['type']);
      if (!recipe.accepts[kind].includes(type)) {
        throw new InputError(`The ${kind} "${type}" is none that a ${className} has.`, {
          where,
          hint: `Set "tokenizer_class" in tokenizer_config.json: PreTrainedTokenizerFast goes by this file. transformers 5 leaves the ${kind} out if it is ${className}.`,
        });
      }
      for (const { key, fallback, type: flagged, field } of recipe.flags) {
        if (type !== flagged || config[key] !== undefined) continue;
        const found = part[field] ?? fallback;
        if (found !== fallback) {
          throw new InputError(
            `The ${type} has "${field}" ${JSON.stringify(found)}, but tokenizer_config.json does not say so.`,
            {
              where,
              hint: `Set "${key}" in tokenizer_config.json; transformers goes by that file, and without the key by ${JSON.stringify(fallback)}.`,
            },
          );
        }
      }
    }
  }
}

/** Refuses `do_lower_case` beside a tokenizer.json that does otherwise, where the class reads the file alone. */
export function refuseIdleFlag(files: TokenizerFiles): void {
  const lowers = files.fields('tokenizer_config.json')['do_lower_case'];
  if (typeof lowers !== 'boolean') return;
  const parts = partsOf(files.json('tokenizer.json').fields['normalizer']);
  const bert = parts.find(({ type }) => type === 'BertNormalizer');
  const found = parts.some(({ type }) => type === 'Lowercase') || bert?.['lowercase'] === true;
  if (found === lowers || (lowers && !bert)) return;
  throw new InputError(`"do_lower_case" is ${lowers}, but the normalizer in tokenizer.json does otherwise.`, {
    where: files.path('tokenizer_config.json'),
    hint: 'Set "do_lower_case" to what the model was trained with, and make tokenizer.json agree, or set "tokenizer_class".',
  });
}
