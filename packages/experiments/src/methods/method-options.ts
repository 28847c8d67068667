import type { SelectionDescriptor } from '@rose/fine-tuning';
import type { Experiment } from '../settings/schema.js';
import type { MethodEntry } from './methods.js';

export interface MethodOptions {
  /** Its own settings, as the experiment has them. */
  readonly given: Readonly<Record<string, unknown>>;
  /** All that its results depend on: these, what makes it this method, and what it reads of the optimizer's settings. */
  readonly hashed: Readonly<Record<string, unknown>>;
}

/** What of an experiment's settings a method takes. @param without settings that another part of the variant decides */
export function optionsOf(method: MethodEntry, experiment: Experiment, without: readonly string[] = []): MethodOptions {
  const section = (method.section === undefined ? {} : (experiment[method.section] ?? {})) as Record<string, unknown>;
  const names = Object.keys(method.settings.shape).filter((name) => section[name] !== undefined);
  const given = Object.fromEntries(names.map((name) => [name, section[name]]));
  const reads = method.kind === 'selection' ? (method.reads ?? []) : [];
  const read = Object.fromEntries(reads.map((name) => [name, experiment.training[name]]));
  const counted = Object.fromEntries(Object.entries(given).filter(([name]) => !without.includes(name)));
  return { given, hashed: { ...counted, ...method.fixed, ...read } };
}

/**
 * The settings of a method that have no say beside these selections: the dropout rate of one that does not compare
 * dropout passes, where another one does.
 */
export function decidedElsewhere(method: MethodEntry, beside: readonly SelectionDescriptor[]): readonly string[] {
  if (method.kind === 'objective' || method.needsDropout === true || method.dropoutSetting === undefined) return [];
  const decided = beside.some((other) => other !== method && other.needsDropout === true && other.dropoutRate);
  return decided ? [method.dropoutSetting] : [];
}
