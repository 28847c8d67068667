import * as tf from '@tensorflow/tfjs-core';
import type { BatchTensors } from '../batch/batch-tensors.js';
import { type AttentionInputs, attention, attentionBias } from '../layers/attention.js';
import { type DropoutSite, dropoutSite } from '../layers/dropout-site.js';
import type { RotaryTables } from '../layers/rotary.js';
import type { ForwardOptions } from '../model/text-classifier.js';
import type { ModernBertConfig } from './config.js';
import type { KeptTensors } from './kept-tensors.js';
import { rotaryTables } from './rotary-tables.js';
import type { Span } from './spans.js';
import { attentionInBlocks, band, blocksOf } from './windows.js';

/** Attention to what a span lets a token see. */
export type Attend = (parts: Omit<AttentionInputs, 'bias'>) => tf.Tensor2D;

/** What every layer of one forward pass shares. */
export interface Pass {
  readonly config: ModernBertConfig;
  readonly rows: number;
  readonly length: number;
  /** From `attentionBias`: [B, 1, 1, T]. */
  readonly padding: tf.Tensor4D;
  readonly attend: Readonly<Record<Span, Attend>>;
  readonly rotary: Readonly<Record<Span, RotaryTables>>;
  readonly embeddingDropout: DropoutSite;
  readonly attentionDropout: DropoutSite;
  readonly feedForwardDropout: DropoutSite;
}

export interface PassParts {
  readonly config: ModernBertConfig;
  readonly kept: KeptTensors;
  readonly batch: BatchTensors;
  readonly options: ForwardOptions;
}

export function startPass(parts: PassParts): Pass {
  const { config, batch, options } = parts;
  const { rows, length, mask } = batch;
  const padding = attentionBias(mask);
  const everywhere: Attend = (inputs) => attention({ ...inputs, bias: padding });
  const dropout = (rate: number) => dropoutSite(options.dropout, options.dropoutRate ?? rate);
  const rotary = (span: Span) => keptRotaryTables(parts, span);
  return {
    ...{ config, rows, length, padding },
    attend: { global: everywhere, local: nearby(parts, padding) ?? everywhere },
    rotary: { global: rotary('global'), local: rotary('local') },
    embeddingDropout: dropout(config.embeddingDropout),
    attentionDropout: dropout(config.attentionDropout),
    feedForwardDropout: dropout(config.feedForwardDropout),
  };
}

/** The shortest table of angles. Longer ones are twice as long, so that there are few. */
const FEWEST_POSITIONS = 128;

function keptRotaryTables({ config, kept, batch }: PassParts, span: Span): RotaryTables {
  const { width, heads, positions, ropeBases } = config;
  const base = ropeBases[span];
  let rounded = FEWEST_POSITIONS;
  while (rounded < batch.length) rounded *= 2;
  const count = Math.max(batch.length, Math.min(rounded, positions));
  return kept.get(`angles of ${count} positions, base ${base}`, () => ({
    ...rotaryTables(count, width / heads, base),
  }));
}

/** Blocks have at least so many tokens: matrix products of fewer are slow. */
const SMALLEST_BLOCK = 32;

/** Attention in the window; undefined if no row is longer than what the window shows. */
function nearby({ config: { reach }, kept, batch }: PassParts, padding: tf.Tensor4D): Attend | undefined {
  const { length, mask } = batch;
  if (length <= reach + 1) return undefined;
  const size = Math.max(reach, SMALLEST_BLOCK);
  // Three blocks of keys for one of queries pay from four blocks on.
  if (length < 4 * size) {
    const window = kept.get(`window of ${length}`, () => band(length, length, { reach }));
    const bias: tf.Tensor4D = tf.add(padding, window);
    return (inputs) => attention({ ...inputs, bias });
  }
  const window = kept.get('window of a block', () => band(size, 3 * size, { reach, before: size }));
  const blocks = blocksOf(mask, size, window);
  return (inputs) => attentionInBlocks(inputs, blocks);
}
