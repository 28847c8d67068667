import type { RandomStream } from '@rose/foundation';
import type { AttackExample, AttackOutcome } from '../text/outcome.js';
import type { QueryModel } from '../querying/query-model.js';
import type { Resource } from '../resources/resource.js';
import type { TextColumns } from '../text/text-columns.js';

/** What one example's attack is given. */
export interface AttackContext {
  readonly model: QueryModel;
  /** The example's own numbers: they depend on seed, recipe and example id, and on nothing else. */
  readonly random: RandomStream;
  /**
   * The victim's gradients, where it is a white box: for each text, one number for each word of `AttackedText`, the L1 norm
   * of the mean gradient of the loss over the word's tokens; 0 for words beyond the model's length. Not counted as queries.
   */
  readonly gradientNorms?: (
    inputs: readonly TextColumns[],
    labels: readonly number[],
  ) => Promise<readonly (readonly number[])[]>;
}

/** A resource as it is written into results. */
export interface UsedResource extends Pick<Resource, 'name'>, Partial<Pick<Resource, 'version' | 'hash'>> {
  /** What it served for, such as "synonyms". */
  readonly role: string;
}

/** What was used, as plain data for results and provenance. */
export interface RecipeDescription {
  readonly recipe: string;
  /** Absent where none is behind it. */
  readonly paper?: string;
  readonly goal: string;
  readonly transformation: string;
  /** In the order in which they are asked. */
  readonly constraints: readonly string[];
  readonly search: string;
  readonly sources: readonly UsedResource[];
  /** In force: without those that have no effect with these resources, or no value. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly frozenColumns: readonly number[];
  /** Where this attack is not the paper's, or not TextAttack's. */
  readonly departures: readonly string[];
}

/** A named attack, ready to be run on examples. */
export interface AttackRecipe {
  readonly name: string;
  /**
   * Attacks one example. Whatever it throws becomes an outcome of status `error`, but for an InputError (the request
   * makes no sense) and an InterruptedError, which end the whole attack.
   */
  attack(example: AttackExample, context: AttackContext): Promise<AttackOutcome>;
  describe(): RecipeDescription;
}
