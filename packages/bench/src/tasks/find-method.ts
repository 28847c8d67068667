import { type Catalogue, type Variant, findVariant, parseExperiment, standardCatalogue } from '@rose/experiments';
import { applySettings, resolveSettings } from '@rose/experiments/internal';

/** Made when it is first asked for: most suites name no method. */
let made: Catalogue | undefined;
const theCatalogue = (): Catalogue => (made ??= standardCatalogue());

/** A variant with the settings that an experiment has when it says nothing. */
export function findMethod(name: string): Variant {
  const given = { title: 'bench', tasks: ['sst2'], models: ['random'], variants: [name], seeds: [1] };
  const catalogue = theCatalogue();
  const experiment = parseExperiment(given, catalogue);
  const { methods } = catalogue;
  const of = { variant: name, task: 'sst2', size: undefined };
  return findVariant(name, applySettings(experiment, resolveSettings({ experiment, given, methods, of })), methods);
}

/** All methods but plain fine-tuning, which they are measured beside, and ROSE added to two of them. */
export function measuredMethods(): string[] {
  const { objectives, selections } = theCatalogue().methods;
  const own = [...objectives.keys()].filter((name) => name !== 'vanilla' && name !== 'two-pass');
  return [...own, ...selections.keys(), 'r3f+rose-ensemble', 'freelb+rose-first'];
}
