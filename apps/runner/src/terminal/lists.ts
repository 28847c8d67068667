import {
  type Catalogue,
  type Listing,
  type ListingKind,
  listExperiments,
  listingKinds,
  listingsOf,
} from '@rose/experiments';
import type { SettingDescription } from '@rose/foundation';

export type ListKind = ListingKind | 'experiments';
export const listKinds: readonly ListKind[] = ['experiments', ...listingKinds];

export interface ListOptions {
  readonly catalogue: Catalogue;
  /** Where experiments are looked for. */
  readonly folders: readonly string[];
  readonly settings: boolean;
  readonly markdown: boolean;
}

/** A list as a terminal or a document shows it. */
export async function listOf(kind: ListKind, { catalogue, folders, settings, markdown }: ListOptions): Promise<string> {
  if (kind === 'experiments') return (await listExperiments(folders)).join('\n');
  const listings = listingsOf(kind, catalogue);
  if (markdown) return settings ? listings.map(asMarkdown).join('\n\n') : listings.map(asItem).join('\n');
  return settings ? listings.map(asText).join('\n\n') : asNames(listings);
}

/** A line each. */
function asNames(listings: readonly Listing[]): string {
  const width = Math.max(...listings.map(({ name }) => name.length));
  return listings.map(({ name, title }) => `${name.padEnd(width)}  ${title}`).join('\n');
}

const asItem = ({ name, title }: Listing): string => `- \`${name}\`: ${title}`;

function asText({ name, title, paper, facts, settings }: Listing): string {
  const width = Math.max(0, ...settings.map((setting) => setting.name.length));
  return [
    `${name}: ${title}`,
    ...(paper === undefined ? [] : [`  ${paper}`]),
    ...facts.map(([label, value]) => `  ${label}: ${value}`),
    ...settings.map((setting) => `  ${setting.name.padEnd(width)}  ${valuesOf(setting)}  ${setting.description}`),
  ].join('\n');
}

function asMarkdown({ name, title, paper, facts, settings }: Listing): string {
  return [
    `## \`${name}\``,
    '',
    `${title}.${paper === undefined ? '' : ` ${paper}.`}`,
    '',
    ...facts.map(([label, value]) => `- ${label}: ${value}`),
    ...settings.map((setting) => `- \`${setting.name}\` (${valuesOf(setting)}): ${setting.description}`),
  ].join('\n');
}

/** `number, ≥ 0; default 1` */
const valuesOf = ({ range, default: usual }: SettingDescription): string =>
  usual === undefined ? range : `${range}; default ${usual}`;
