import type { AttackRecipe, UsedResource } from '../attack-recipe.js';
import { composeAttack } from '../compose-attack.js';
import type { AttackParts } from '../compose-attack.js';
import type { RecipeCard } from './recipe-card.js';
import { checkFrozenColumns } from './recipe-options.js';
import type { CommonOptions } from './recipe-options.js';

/** What makes a recipe of the four parts of an attack. */
export interface Wiring {
  /** With the names of the resources: an attack with another encoder or another source of synonyms is another attack. */
  readonly name: string;
  readonly card: RecipeCard;
  readonly parts: AttackParts;
  readonly sources: readonly UsedResource[];
  readonly thresholds?: Readonly<Record<string, number>>;
  /** Those of its resources; they come after the card's. */
  readonly departures: readonly string[];
  readonly options: CommonOptions;
}

/** Departures that all recipes share. */
const SHARED = [
  'equal scores are decided by position in the text and then by text; TextAttack leaves them to an unstable sort',
  'no column is frozen unless asked; the original freezes the premise of entailment pairs',
];

/** A recipe: its attack, and a description that names what was used. */
export function wire({ name, card, parts, sources, thresholds, departures, options }: Wiring): AttackRecipe {
  const frozen = new Set(options.frozenColumns ?? []);
  const attack = composeAttack(parts);
  return {
    name,
    attack(example, context) {
      checkFrozenColumns(example, frozen);
      return attack(example, context);
    },
    describe: () => ({
      recipe: name,
      paper: card.paper,
      goal: parts.goal.name,
      transformation: parts.transformation.name,
      constraints: [...parts.wordConstraints, ...parts.constraints].map((constraint) => constraint.name),
      search: parts.search.name,
      sources,
      thresholds: thresholds ?? {},
      frozenColumns: [...frozen],
      departures: [...card.departures, ...departures, ...SHARED],
    }),
  };
}
