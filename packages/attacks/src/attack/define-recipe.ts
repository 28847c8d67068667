import { InputError, noSettings, parseSettings } from '@rose/foundation';
import type { Descriptor, GivenSettings, Settings, SettingsOf } from '@rose/foundation';
import type { AttackRecipe, RecipeDescription, UsedResource } from './attack-recipe.js';
import { composeAttack } from './compose-attack.js';
import type { AttackParts } from './compose-attack.js';
import { frozenColumns, stopWordModification } from '../constraints/word-constraints.js';
import type { AttackExample } from '../text/outcome.js';
import { ROLES, used } from './recipe-resources.js';
import type { RecipeResources, ResourceRole, ResourcesFor } from './recipe-resources.js';
import { functionWords, hashOfWords } from '../resources/stop-words.js';

/** What every recipe takes beside its resources. */
export interface CommonOptions {
  /** Words that stay, compared in their own case; default `functionWords`. A recipe may do without (CheckList). */
  readonly stopWords?: ReadonlySet<string> | undefined;
  /** Columns (0 or 1) that stay: [0] keeps the premise of an entailment pair. Default none. */
  readonly frozenColumns?: readonly number[] | undefined;
}

/** A recipe as lists know it, whatever it needs and however it is set. */
export interface RecipeDescriptor extends Descriptor {
  /** Resources that it cannot do without. */
  readonly needs: readonly ResourceRole[];
  /** Resources that it goes without if it must; it is then another attack, by another name. */
  readonly uses: readonly ResourceRole[];
  readonly settings: Settings;
  /** Whether it needs a victim that gives gradients, unless its settings say otherwise. */
  readonly whiteBox: boolean;
  /** Where it is not the paper's, or not TextAttack's, whatever the resources; see `describe` for theirs. */
  readonly departures: readonly string[];
  /**
   * The attack, ready to be run. Resources that it has no use for are left aside.
   *
   * @param given resources, stop words, frozen columns
   * @param settings those that are not the defaults
   * @throws InputError when a resource that it needs is missing, and for a setting that is unknown or out of range
   */
  create(given?: RecipeResources & CommonOptions, settings?: object): AttackRecipe;
}

/** A recipe whose resources and settings the compiler knows. */
export interface Recipe<
  Needs extends ResourceRole,
  Uses extends ResourceRole,
  S extends Settings,
> extends RecipeDescriptor {
  readonly needs: readonly Needs[];
  readonly uses: readonly Uses[];
  readonly settings: S;
  /** See `RecipeDescriptor`. */
  create(...args: CreateArguments<ResourcesFor<Needs, Uses> & CommonOptions, GivenSettings<S>>): AttackRecipe;
}

/** What has nothing that must be given may be left out. */
type CreateArguments<Given, Chosen> = object extends Given
  ? [given?: Given, settings?: Chosen]
  : [given: Given, settings?: Chosen];

/** An attack's parts, and what is to be said of them beside what the recipe says. */
export interface Wiring extends AttackParts {
  /** For the attack's name: what tells it from others of its recipe, such as the names of its resources. */
  readonly variant?: readonly string[];
  /** Tables of its own that it draws on, beside the resources that it was given. */
  readonly tables?: readonly UsedResource[];
  /** Settings that have no effect with these resources. */
  readonly idle?: readonly string[];
  /** Departures that come with these resources and settings. What the resources' own notes say is added. */
  readonly departures?: readonly string[];
}

/** What `defineRecipe` is told. */
export interface RecipeDefinition<
  Needs extends readonly ResourceRole[],
  Uses extends readonly ResourceRole[],
  S extends Settings,
> extends Descriptor {
  readonly needs?: Needs;
  readonly uses?: Uses;
  readonly settings?: S;
  readonly whiteBox?: boolean;
  readonly departures?: readonly string[];
  /** Whether it follows a recipe of TextAttack's; departures that all such recipes share are then named. Default false. */
  readonly followsTextAttack?: boolean;
  /** The stop words that it has there. */
  readonly originalStopWords?: string;
  /** Whether stop words stay, default true: no part of the wiring. */
  readonly keepsStopWords?: boolean;
  /** Puts the attack together; stop words and frozen columns are seen to. */
  wire(given: ResourcesFor<Needs[number], Uses[number]>, settings: SettingsOf<S>): Wiring;
}

const SHARED_WITH_TEXTATTACK = [
  'equal scores are decided by position in the text and then by text; TextAttack leaves them to an unstable sort',
  'no column is frozen unless asked; the original freezes the premise of entailment pairs',
];

/**
 * A recipe: what it is called, what it draws on, how it can be set, and how an attack is put together from that.
 *
 * @example
 * const shouting = defineRecipe({
 *   name: 'shouting',
 *   title: 'Shouting',
 *   settings: z.strictObject({ maxWords: z.int().min(1).default(2).describe('Most words in capitals') }),
 *   wire: (_, { maxWords }) => ({
 *     goal: untargetedClassification,
 *     transformation: capitals,
 *     wordConstraints: [repeatModification],
 *     constraints: [maxWordsPerturbed({ words: maxWords })],
 *     search: greedySearch,
 *   }),
 * });
 * shouting.create({}, { maxWords: 1 });
 */
export function defineRecipe<
  const Needs extends readonly ResourceRole[] = readonly [],
  const Uses extends readonly ResourceRole[] = readonly [],
  S extends Settings = typeof noSettings,
>(definition: RecipeDefinition<Needs, Uses, S>): Recipe<Needs[number], Uses[number], S> {
  const { name, title, paper, needs = [], uses = [], departures = [], whiteBox = false } = definition;
  const schema = definition.settings ?? noSettings;
  return {
    name,
    title,
    ...(paper !== undefined && { paper }),
    needs: needs as readonly Needs[number][],
    uses: uses as readonly Uses[number][],
    settings: schema as S,
    whiteBox,
    departures,
    create(given: RecipeResources & CommonOptions = {}, settings: object = {}) {
      const chosen = parseSettings(schema, settings, { of: name });
      checkResources(definition, given);
      const wiring = definition.wire(given as ResourcesFor<Needs[number], Uses[number]>, chosen as SettingsOf<S>);
      return attackOf(definition, { wiring, settings: chosen, given });
    },
  };
}

type AnyDefinition = Omit<RecipeDefinition<readonly ResourceRole[], readonly ResourceRole[], Settings>, 'wire'>;

function checkResources({ title, needs = [] }: AnyDefinition, given: RecipeResources): void {
  const missing = needs.filter((role) => given[role] === undefined);
  const [option] = missing;
  if (option === undefined) return;
  throw new InputError(`${title} needs ${missing.map((role) => ROLES[role].player).join(' and ')}.`, {
    option,
    hint: 'Give one, or choose a recipe that does without.',
  });
}

interface Wired {
  readonly wiring: Wiring;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly given: RecipeResources & CommonOptions;
}

/** The attack, with stop words and frozen columns, and a description that names what is used. */
function attackOf(definition: AnyDefinition, { wiring, settings, given }: Wired): AttackRecipe {
  const { needs = [], uses = [], keepsStopWords = true } = definition;
  const { wordConstraints, variant = [], tables = [], idle = [] } = wiring;
  const frozen = new Set(given.frozenColumns ?? []);
  const kept = keepsStopWords ? stopWordsOf(given, definition) : undefined;
  const parts: AttackParts = {
    ...wiring,
    wordConstraints: [
      ...wordConstraints,
      ...(kept ? [kept.constraint] : []),
      ...(frozen.size > 0 ? [frozenColumns(frozen)] : []),
    ],
  };
  const attack = composeAttack(parts);
  const name = [definition.name, ...variant].join('-');
  const resources = [...needs, ...uses].flatMap((role) => {
    const resource = given[role];
    return resource ? [{ role: ROLES[role].name, resource }] : [];
  });
  const inForce = Object.entries(settings).filter(([setting, value]) => value !== undefined && !idle.includes(setting));
  return {
    name,
    attack(example, context) {
      checkFrozenColumns(example, frozen);
      return attack(example, context);
    },
    describe: (): RecipeDescription => ({
      recipe: name,
      ...(definition.paper !== undefined && { paper: definition.paper }),
      goal: parts.goal.name,
      transformation: parts.transformation.name,
      constraints: [...parts.wordConstraints, ...parts.constraints].map((constraint) => constraint.name),
      search: parts.search.name,
      sources: [
        ...resources.map(({ role, resource }) => used(role, resource)),
        ...tables,
        ...(kept ? [kept.source] : []),
      ],
      settings: Object.fromEntries(inForce),
      frozenColumns: [...frozen],
      departures: [
        ...(definition.departures ?? []),
        ...(wiring.departures ?? []),
        ...resources.flatMap(({ resource }) => resource.notes ?? []),
        ...(kept && definition.followsTextAttack ? [kept.departure] : []),
        ...(definition.followsTextAttack ? SHARED_WITH_TEXTATTACK : []),
      ],
    }),
  };
}

/** The stop words: the constraint, the resource, and how they depart from the list that the attack is known with. */
function stopWordsOf(
  { stopWords = functionWords }: CommonOptions,
  { originalStopWords = "NLTK's English list" }: AnyDefinition,
) {
  const name = stopWords === functionWords ? 'rose-function-words' : 'custom';
  return {
    constraint: stopWordModification(stopWords),
    source: used('stop words', { name, hash: hashOfWords(stopWords) }),
    departure: `${stopWords.size} stop words (${name}) in place of ${originalStopWords}`,
  };
}

/** @throws InputError when a frozen column is not there, or all are frozen and nothing is left to attack. */
function checkFrozenColumns(example: AttackExample, frozen: ReadonlySet<number>): void {
  const details = { option: 'frozenColumns', where: `example ${example.id}` };
  for (const column of frozen) {
    if (example.texts[column] === undefined) {
      throw new InputError(`Column ${column} is frozen, but the example has ${example.texts.length}.`, {
        ...details,
        hint: 'Columns are counted from 0; freeze none for single sentences.',
      });
    }
  }
  if (frozen.size >= example.texts.length) {
    throw new InputError('Every column is frozen: nothing is left to attack.', {
      ...details,
      hint: 'Free one column.',
    });
  }
}
