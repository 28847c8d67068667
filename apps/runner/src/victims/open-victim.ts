import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { httpVictim, timeLimitedVictim } from '@rose/attacks';
import { InputError } from '@rose/foundation';
import { encoderVictim } from './encoder-victim.js';
import { moduleVictim } from './module-victim.js';
import type { OpenedVictim, VictimTask } from './opened-victim.js';
import { isTransformersFolder } from './transformers.js';
import { transformersVictim } from './transformers-victim.js';

export interface VictimSettings {
  /** Texts a call, most tokens of a text, seconds a call may take; each victim has defaults of its own. */
  readonly batchSize?: number | undefined;
  readonly maxLength?: number | undefined;
  readonly timeout?: number | undefined;
  /** Weights of transformers.js: fp32, q8 … */
  readonly dtype?: string | undefined;
  /** Of an HTTP endpoint. */
  readonly retries?: number | undefined;
  readonly backOff?: number | undefined;
  readonly requestsPerSecond?: number | undefined;
  readonly callsAtOnce?: number | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

export interface OpenVictimOptions extends VictimTask {
  /** `--victim`. */
  readonly source: string;
  readonly threads: number;
  readonly settings: VictimSettings;
}

const HINT =
  'Give a checkpoint or run folder of ours, a folder or hub name for transformers.js (transformers:NAME), a module (./mine.mjs) or a URL.';

type Kind = 'http' | 'module' | 'transformers' | 'encoder';
type Opener = (options: OpenVictimOptions) => Promise<OpenedVictim>;

const openers: Readonly<Record<Kind, Opener>> = {
  http: async ({ source, labels, victimLabels, settings }) => {
    const { batchSize, callsAtOnce, timeout, retries, backOff, requestsPerSecond, headers } = settings;
    const own = { batchSize, callsAtOnce, timeout, retries, backOff, requestsPerSecond, headers };
    const given = Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined));
    const victim = httpVictim({
      url: source,
      taskLabels: labels,
      ...(victimLabels && { labels: victimLabels }),
      ...given,
    });
    // What stands behind a question mark may be a key.
    const { origin, pathname } = new URL(source);
    return { victim, description: { kind: 'http', name: `${origin}${pathname}` }, dispose: async () => undefined };
  },
  module: ({ source }) => moduleVictim(source),
  transformers: ({ source, settings, ...rest }) =>
    transformersVictim({ model: source, dtype: settings.dtype, ...rest }),
  encoder: ({ source, settings, ...rest }) => encoderVictim({ folder: source, maxLength: settings.maxLength, ...rest }),
};

const isKind = (word: string | undefined): word is Kind => word !== undefined && word !== 'http' && word in openers;

/** `module:x`, `transformers:x` and `encoder:x` say what x is; otherwise its looks decide. */
async function kindOf(given: string): Promise<{ kind: Kind; source: string }> {
  if (/^https?:\/\//.test(given)) return { kind: 'http', source: given };
  const [, prefix, rest = ''] = /^(\w+):(.+)$/.exec(given) ?? [];
  if (isKind(prefix)) return { kind: prefix, source: rest };
  if (/\.[cm]?[jt]s$/.test(given)) return { kind: 'module', source: given };
  const checkpoint = path.join(given, 'checkpoint');
  const folder = existsSync(checkpoint) ? checkpoint : given;
  if (!(await stat(folder).catch(() => undefined))?.isDirectory()) {
    throw new InputError(`There is no victim '${given}'.`, { where: '--victim', hint: HINT });
  }
  return { kind: (await isTransformersFolder(folder)) ? 'transformers' : 'encoder', source: folder };
}

/**
 * The victim that a user has named: a folder of ours, a model for transformers.js, a module, or a URL.
 * @throws InputError for what is none of them
 */
export async function openVictim(options: OpenVictimOptions): Promise<OpenedVictim> {
  const { kind, source } = await kindOf(options.source);
  const opened = await openers[kind]({ ...options, source });
  const { batchSize, callsAtOnce, timeout } = options.settings;
  // An HTTP victim has time limits of its own, one for each attempt.
  const limited = timeout === undefined || kind === 'http' ? opened.victim : timeLimitedVictim(opened.victim, timeout);
  return {
    ...opened,
    victim: {
      ...limited,
      ...(batchSize !== undefined && { batchSize }),
      ...(callsAtOnce !== undefined && { callsAtOnce }),
    },
  };
}
