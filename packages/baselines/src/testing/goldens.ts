import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Safetensors, loadClassifier, readSafetensors } from '@rose/encoders';
import type { Objective, OptimizerSettings } from '@rose/fine-tuning';
import { tinyBert } from '@rose/testing';
import { freeLb } from '../free-lb.js';
import { pgd } from '../pgd.js';
import { rDrop } from '../r-drop.js';
import { r3f, r4f } from '../r3f.js';
import { smart } from '../smart.js';

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** The encoder that all tests of this package train. */
export const loadTinyBert = (classes: number) => loadClassifier({ model: tinyBert, classes, seed: 1, maxLength: 16 });

/** One step's input, row-major [rows, length]; what `tools/goldens/methods_goldens.py` wrote. */
export interface GoldenStep {
  readonly ids: number[];
  readonly types: number[];
  readonly mask: number[];
  readonly labels: number[];
  /** For each of four forward passes the bits of each dropout site, base64, the first bit lowest in its byte. */
  readonly masks: string[][];
}

interface GoldenCase {
  readonly method: keyof typeof methods;
  readonly options: object;
  readonly losses: number[];
}

export interface Goldens {
  readonly rows: number;
  readonly length: number;
  readonly rate: number;
  readonly settings: OptimizerSettings & { readonly learningRate: number; readonly maxGradientNorm: number };
  /** Of a tensor of more than `small` elements every `stride`-th is stored. */
  readonly stride: number;
  readonly small: number;
  /** The order of the tensors in what is stored. */
  readonly parameters: string[];
  /** Shapes of the dropout sites of one forward pass. */
  readonly maskShapes: number[][];
  readonly steps: GoldenStep[];
  readonly cases: GoldenCase[];
}

const methods = { r3f, rDrop, freeLb, pgd, smart };

export const readGoldens = (): Goldens =>
  JSON.parse(readFileSync(path('fixtures/methods-goldens.json'), 'utf8')) as Goldens;

export const readGoldenTensors = async (): Promise<Safetensors['tensors']> =>
  (await readSafetensors(path('fixtures/methods-goldens.safetensors'))).tensors;

/** The objective of a case. Its options are Python's, which knows R4F as an option of R3F. */
export function objectiveOf({ method, options }: GoldenCase): Objective {
  const { spectralNorm, ...settings } = options as { readonly spectralNorm?: boolean };
  return (spectralNorm === true ? r4f : methods[method]).create(settings);
}
