import { diffWords } from '../text/diff-words.js';
import type { AttackMetrics } from '../attack/metrics.js';
import type { AttackOutcome, JudgedText } from '../text/outcome.js';
import { metricRows, queriesOf } from './metric-rows.js';

export interface TerminalOptions {
  /** Only where a person looks on; without it changes read [-from-]{+to+}. */
  readonly colour: boolean;
  /** The task's labels, in their order; numbers where they are not known. */
  readonly labels?: readonly string[];
}

const ESCAPE = '\u001b[';
const paint = (text: string, code: number) => `${ESCAPE}${code}m${text}${ESCAPE}0m`;
const [BOLD, RED, GREEN, DIM] = [1, 31, 32, 2];

/** Texts are the attack's: no control character of theirs may reach the terminal. */
const harmless = (text: string) => text.replace(/\p{Cc}/gu, (mark) => (mark === '\n' || mark === '\t' ? ' ' : '�'));

/** An example's original text with what the attack changed, a line for what the victim said and one for each column. */
export function renderOutcome(outcome: AttackOutcome, { colour, labels }: TerminalOptions): string {
  const painted = (text: string, code: number) => (colour && text !== '' ? paint(text, code) : text);
  const change = (from: string, to: string) =>
    colour
      ? painted(harmless(from), RED) + painted(harmless(to), GREEN)
      : (from && `[-${harmless(from)}-]`) + (to && `{+${harmless(to)}+}`);
  const columns = diffWords(outcome).map((segments) =>
    segments.map((each) => (each.kind === 'same' ? harmless(each.text) : change(each.from, each.to))).join(''),
  );
  const verdict = [outcome.original, outcome.adversarial].flatMap((judged) =>
    judged ? verdictOf(judged, labels) : [],
  );
  const head = `${painted(`#${outcome.id} ${outcome.status}`, BOLD)}  ${verdict.join(' → ')}`;
  const foot = `${outcome.perturbedWords} of ${outcome.totalWords} words, ${queriesOf(outcome.queries)}`;
  const error = outcome.error === undefined ? [] : [harmless(outcome.error)];
  return [`${head}  ${painted(foot, DIM)}`, ...columns, ...error].map((line, i) => (i ? `  ${line}` : line)).join('\n');
}

function verdictOf({ prediction, probabilities }: JudgedText, labels: readonly string[] | undefined): string {
  if (prediction === null) return 'no answer';
  return `${labels?.[prediction] ?? prediction} ${(100 * (probabilities[prediction] ?? NaN)).toFixed(0)} %`;
}

/** The metrics as a table of two columns. */
export function renderMetrics(metrics: AttackMetrics): string {
  const rows = metricRows(metrics);
  const [left, right] = [0, 1].map((column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows.map(([title, value]) => `${title.padEnd(left ?? 0)}  ${value.padStart(right ?? 0)}`).join('\n');
}
