import { InputError } from '@rose/foundation';
import { expect, it } from 'vitest';
import { findRecipe } from '../catalogue/catalogue.js';
import { catalogue } from '../testing/given-experiment.js';
import { parseAttackSettings } from './attack-settings.js';

const parse = (set: string[], recipe = 'bae') =>
  parseAttackSettings({ catalogue, set, recipe: findRecipe(catalogue, recipe) });

it('has settings with defaults, and takes overrides in order', () => {
  expect(parse([]).settings).toMatchObject({ data: { source: 'embedded' }, backend: { name: 'ort' }, victim: {} });
  const { settings } = parse(['victim.timeout=3', 'victim.timeout=0.5', 'attack.maskedLanguageModel=./mlm']);
  expect(settings).toMatchObject({ victim: { timeout: 0.5 }, attack: { maskedLanguageModel: './mlm' } });
});

it.each([
  [['victim.timout=3'], 'bae', "'victim.timeout'"],
  [['training.epochs=3'], 'bae', 'Known here: data, attack, backend, victim'],
  [['attack.examples=none'], 'bae', 'attack.examples'],
  [['victim'], 'bae', 'KEY=VALUE'],
  [['attack.synonyms=counter-fitted'], 'bae', 'no use'],
  [['attack.counterFitted=x.json'], 'textfooler', 'no use'],
  [['attack.maskedLanguageModel=./mlm'], 'textfooler', 'no use'],
  [['attack.recipes.pwws.maxCandidates=3'], 'textfooler', ''],
  [['data.devRows=3'], 'textfooler', 'no use'],
])('refuses %j for %s', (set, recipe, told) => {
  const attempt = () => parse(set, recipe);
  expect(attempt).toThrow(InputError);
  try {
    attempt();
  } catch (error) {
    const { message, where, hint } = error as InputError;
    expect([message, where, hint].join('\n')).toContain(told);
  }
});

it('says where each setting was given, and refuses those that turn out to be idle', () => {
  const { placeOf, refuse } = parse(['victim={timeout: 3}', 'attack.maskedLanguageModel=./mlm', 'attack.examples=3']);
  expect(placeOf(['victim', 'timeout'])).toEqual({ where: 'victim={timeout: 3}', option: 'set' });
  expect(placeOf(['attack', 'similarity'])).toEqual({ option: 'attack.similarity' });
  const idle = { why: 'of no use', servants: [] };
  refuse({ 'backend.name': idle });
  expect(() => refuse({ 'attack.examples': idle })).toThrow(
    expect.objectContaining({ where: 'attack.examples=3', option: 'set' }),
  );
});
