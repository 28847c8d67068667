import { InputError } from '@rose/foundation';
import { isReadable } from '../safetensors/dtypes.js';
import { quoted } from '../safetensors/header.js';
import { unsupportedType } from '../safetensors/read-safetensors.js';
import { BUFFERS, FOREIGN_HEADS, TIED_TO_TOKENS } from './foreign-tensors.js';
import type { ParameterSpec } from './parameter-spec.js';

export interface FitOptions {
  readonly specs: readonly ParameterSpec[];
  /** What is stored, by the names in the file. */
  readonly stored: ReadonlyMap<
    string,
    { readonly shape: readonly number[]; readonly dtype?: string; readonly path?: string }
  >;
  /** Where the stored tensors come from, for error messages. */
  readonly where: string;
  /** The name in the specs of a stored tensor, if it can differ. */
  readonly canonicalName?: (stored: string) => string;
  /** Names that were left out on saving, with the stored name that has the same values. */
  readonly aliases?: ReadonlyMap<string, string>;
  /** Stored tensors that are not used here, by canonical name, besides the heads of other tasks. */
  readonly leftAside?: RegExp | undefined;
  /** The class that wrote the folder, if its head is of another task than the name says. */
  readonly otherTask?: string | undefined;
}

/** Which stored tensor becomes which parameter. */
export interface Fit {
  /** The stored name by the name in the specs. Those that have to be drawn are absent. */
  readonly found: ReadonlyMap<string, string>;
  /** What a user should know of it. */
  readonly notes: readonly string[];
}

/**
 * Holds what is stored against what an architecture wants, by names, types and shapes alone.
 * @throws InputError that lists what is missing, unknown, misshapen, or stored as what cannot be read
 */
export function fitParameters(options: FitOptions): Fit {
  const { specs, stored, where, leftAside, otherTask } = options;
  const names = byCanonicalName(options);
  const known = new Set(specs.map(({ name }) => name));
  const found = new Map<string, string>();
  const tied: string[] = [];
  const drawn: Drawn[] = [];
  for (const spec of specs) {
    const name = names.get(spec.name) ?? tiedTo(spec, options);
    const shape = name === undefined ? undefined : stored.get(name)?.shape;
    const isForeign = spec.replaceable === true && otherTask !== undefined;
    if (name === undefined || shape === undefined) {
      drawn.push({ spec });
    } else if (spec.replaceable && (isForeign || !sameShape(shape, spec.shape))) {
      drawn.push({ spec, shape });
    } else {
      found.set(spec.name, name);
      if (!names.has(spec.name)) tied.push(`${spec.name} is read from ${shown(name)}, which it is tied to`);
    }
  }
  refuseTypes(found, stored, where);
  const others = [...names].filter(([name]) => !known.has(name));
  const isAside = (name: string) => BUFFERS.test(name) || FOREIGN_HEADS.test(name) || leftAside?.test(name) === true;
  refuseMisfit({
    missing: drawn.filter(({ spec }) => !spec.fresh).map(({ spec }) => spec.name),
    unknown: others.filter(([name]) => !isAside(name)).map(([, name]) => name),
    where,
  });
  refuseMisshapen(found, options);
  const aside = groups(
    others.map(([name]) => name).filter((name) => !BUFFERS.test(name)),
    known,
  );
  return {
    found,
    notes: [...tied, ...notesOfDrawn(drawn, otherTask), ...(aside.length > 0 ? [`left aside: ${listed(aside)}`] : [])],
  };
}

interface Drawn {
  readonly spec: ParameterSpec;
  /** That of the stored tensor, if there is one. */
  readonly shape?: readonly number[];
}

const sameShape = (a: readonly number[], b: readonly number[]) =>
  a.length === b.length && a.every((size, i) => size === b[i]);

/** A name from a file: as it is where it is like any other, else quoted. */
const shown = (name: string): string => (/^[\w.:/*-]{1,120}$/.test(name) ? name : quoted(name));

function listed(names: readonly string[]): string {
  const first = names.slice(0, 12).map(shown).join(', ');
  return names.length > 12 ? `${first} and ${names.length - 12} more` : first;
}

/** The stored name of each canonical one. @throws InputError where one tensor is there twice */
function byCanonicalName({ stored, where, canonicalName = (name) => name }: FitOptions): Map<string, string> {
  const names = new Map<string, string>();
  for (const name of stored.keys()) {
    const canonical = canonicalName(name);
    const other = names.get(canonical);
    if (other !== undefined) {
      throw new InputError(`The checkpoint holds one tensor under two names: ${shown(other)} and ${shown(name)}.`, {
        where,
        hint: 'Save the model again, with one of them.',
      });
    }
    names.set(canonical, name);
  }
  return names;
}

/** The stored tensor that has the values of one that is not stored under its own name. */
function tiedTo({ name, shape, role }: ParameterSpec, options: FitOptions): string | undefined {
  const { stored, aliases = new Map<string, string>(), canonicalName = (given: string) => given } = options;
  for (const [left, kept] of aliases) if (canonicalName(left) === name && stored.has(kept)) return kept;
  if (role.kind !== 'token-embeddings') return undefined;
  return TIED_TO_TOKENS.find((head) => {
    const table = stored.get(head);
    return table !== undefined && sameShape(table.shape, shape);
  });
}

/** What is not used may have any type. */
function refuseTypes(found: Fit['found'], stored: FitOptions['stored'], where: string): void {
  for (const name of found.values()) {
    const { dtype = 'F32', path = where } = stored.get(name) ?? {};
    if (!isReadable(dtype)) throw unsupportedType({ name, dtype }, path);
  }
}

function refuseMisfit({
  missing,
  unknown,
  where,
}: {
  readonly missing: readonly string[];
  readonly unknown: readonly string[];
  readonly where: string;
}): void {
  const problems = [
    missing.length > 0 && `lacks ${listed(missing)}`,
    unknown.length > 0 && `holds unknown ${listed(unknown)}`,
  ];
  if (!problems.some(Boolean)) return;
  throw new InputError(`The checkpoint does not fit its architecture: it ${problems.filter(Boolean).join('; it ')}.`, {
    where,
    hint: 'Check that config.json and the weights belong to the same model, and that model_type is right.',
  });
}

function refuseMisshapen(found: Fit['found'], { specs, stored, where }: FitOptions): void {
  const misshapen = specs.flatMap(({ name, shape }) => {
    const given = stored.get(found.get(name) ?? '')?.shape;
    return given === undefined || sameShape(given, shape)
      ? []
      : [`${name} is [${given.slice(0, 8).join(', ')}], wanted [${shape.join(', ')}]`];
  });
  if (misshapen.length === 0) return;
  const more = misshapen.length > 12 ? ` and ${misshapen.length - 12} more` : '';
  throw new InputError(
    `The checkpoint has tensors of other shapes than config.json says: ${misshapen.slice(0, 12).join(', ')}${more}.`,
    { where, hint: 'Check that config.json and the weights belong to the same model.' },
  );
}

/** Names as a person would put them: `cls.*`, `bert.pooler.*`. */
function groups(names: readonly string[], known: ReadonlySet<string>): string[] {
  const encoders = new Set([...known].map((name) => name.split('.')[0]));
  const grouped = names.map((name) => {
    const parts = name.split('.');
    const depth = encoders.has(parts[0]) && parts.length > 2 ? 2 : 1;
    return parts.length > depth ? `${parts.slice(0, depth).join('.')}.*` : name;
  });
  return [...new Set(grouped)];
}

/** Says of each module what was drawn, and why. */
function notesOfDrawn(drawn: readonly Drawn[], otherTask: string | undefined): string[] {
  const modules = new Map<string, string[]>();
  for (const { spec, shape } of drawn) {
    const module = `${spec.name.split('.').slice(0, -1).join('.')}.*`;
    // The head's weight says most; its bias comes after it.
    if ([...modules.values()].flat().includes(module)) continue;
    const why = whyDrawn(shape, otherTask);
    modules.set(why, [...(modules.get(why) ?? []), module]);
  }
  return [...modules].map(([why, names]) => `${names.join(', ')} ${names.length > 1 ? 'were' : 'was'} drawn: ${why}`);
}

function whyDrawn(shape: readonly number[] | undefined, otherTask: string | undefined): string {
  if (shape === undefined) return 'the folder has none';
  if (otherTask !== undefined) return `the folder has the head of a ${shown(otherTask)}`;
  const [classes] = shape;
  return `the folder has a head for ${classes ?? 0} ${classes === 1 ? 'class' : 'classes'}`;
}
