import { existsSync } from 'node:fs';
import path from 'node:path';
import { timeLimitedVictim } from '@rose/attacks';
import { InputError, type Settings, type SettingsOf, byName, parseSettings, renamingOptions } from '@rose/foundation';
import { encoderVictim } from './encoder-victim.js';
import { httpKind } from './http/http-victim.js';
import { moduleVictim } from './module-victim.js';
import { transformersVictim } from './transformers-victim.js';
import type { OpenedVictim, VictimKind, VictimRequest } from './victim-kind.js';

/** The kinds of victims, in the order in which a source that names none is held against them. */
export const victimKinds: readonly VictimKind[] = [
  httpKind as VictimKind,
  moduleVictim as VictimKind,
  transformersVictim as VictimKind,
  encoderVictim as VictimKind,
];

export interface OpenVictimOptions extends VictimRequest {
  /** As a user gave them; each kind takes its own and refuses the rest. */
  readonly settings: Readonly<Record<string, unknown>>;
}

/** `module:x`, `transformers:x` and `encoder:x` say what x is; otherwise its looks decide. */
async function kindOf(given: string): Promise<{ kind: VictimKind; source: string }> {
  const kinds = byName(victimKinds);
  const [, prefix = '', rest = ''] = /^(\w+):(.+)$/.exec(given) ?? [];
  const named = prefix === httpKind.name ? undefined : kinds.get(prefix);
  if (named) return { kind: named, source: rest };
  // The folder of a run stands for the weights in it.
  const checkpoint = path.join(given, 'checkpoint');
  const source = existsSync(checkpoint) ? checkpoint : given;
  for (const kind of victimKinds) if (await kind.recognises(source)) return { kind, source };
  throw new InputError(`There is no victim '${given}'.`, {
    option: 'source',
    hint: 'Give a checkpoint or run folder of ours, a folder or hub name for transformers.js (transformers:NAME), a module (./mine.mjs) or a URL.',
  });
}

/** A victim that a user has named, before it is opened. */
export interface FoundVictim {
  readonly kind: VictimKind;
  /** @throws InputError for what this kind cannot open */
  open(): Promise<OpenedVictim>;
}

/**
 * What a user has named as the victim: a folder of ours, a model for transformers.js, a module, or a URL.
 * @throws InputError for what is none of them, and for settings and labels that this kind of victim has no use for
 */
export async function findVictim(options: OpenVictimOptions): Promise<FoundVictim> {
  const { settings: given, ...request } = options;
  const { kind, source } = await kindOf(options.source);
  const settings = settingsFor(kind, given);
  if (request.victimLabels !== undefined && !kind.takesLabels) {
    throw new InputError(
      `A victim of the kind '${kind.name}' answers in the task's order; names of labels have no use.`,
      { option: 'victimLabels', hint: `Leave them out. The order is ${request.labels.join(', ')}.` },
    );
  }
  return { kind, open: () => renamingOptions(optionsHere, () => open(kind, { ...request, source }, settings)) };
}

/** Finds a victim and opens it. */
export const openVictim = async (options: OpenVictimOptions): Promise<OpenedVictim> =>
  (await findVictim(options)).open();

/** What `openVictim` calls the options of what opens victims. */
const optionsHere = { model: 'source', classes: 'source', url: 'source', labels: 'victimLabels' };

async function open(kind: VictimKind, request: VictimRequest, settings: SettingsOf<Settings>): Promise<OpenedVictim> {
  const opened = await kind.open(request, settings);
  const { batchSize, callsAtOnce, timeout } = settings as {
    batchSize?: number;
    callsAtOnce?: number;
    timeout?: number;
  };
  const limited =
    timeout === undefined || kind.ownTimeout === true ? opened.victim : timeLimitedVictim(opened.victim, timeout);
  return {
    ...opened,
    victim: {
      ...limited,
      ...(batchSize !== undefined && { batchSize }),
      ...(callsAtOnce !== undefined && { callsAtOnce }),
    },
  };
}

/** @throws InputError for a setting of another kind, saying whose it is */
function settingsFor(kind: VictimKind, given: Readonly<Record<string, unknown>>) {
  for (const name of Object.keys(given)) {
    if (name in kind.settings.shape) continue;
    const others = victimKinds.filter(({ settings }) => name in settings.shape);
    if (others.length === 0) continue;
    throw new InputError(`A victim of the kind '${kind.name}' has no use for the setting '${name}'.`, {
      option: name,
      hint: `It is a setting of ${others.map((other) => `'${other.name}'`).join(' and ')}. Leave it out.`,
    });
  }
  return parseSettings(kind.settings, given, { of: `the victim '${kind.name}'` });
}
