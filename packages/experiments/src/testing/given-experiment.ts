import { standardCatalogue } from '../catalogue/catalogue.js';
import { parseExperiment } from '../experiment/load-experiment.js';

export const catalogue = standardCatalogue();

const minimal = { title: 't', tasks: ['sst2'], models: ['use-lite'], variants: ['vanilla'], seeds: [1] };

/** An experiment with these settings, and defaults for the rest. */
export function givenExperiment(change: object = {}) {
  const given = { ...minimal, ...change };
  return { name: 'p', given, experiment: parseExperiment(given, catalogue) };
}
