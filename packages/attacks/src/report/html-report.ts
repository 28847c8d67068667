import { type Markup, html, trusted } from '@rose/foundation';
import { diffWords } from '../text/diff-words.js';
import type { DiffSegment } from '../text/diff-words.js';
import { attackMetrics } from '../attack/metrics.js';
import type { AttackOutcome, AttackStatus, JudgedText } from '../text/outcome.js';
import { metricRows, queriesOf } from './metric-rows.js';

export interface HtmlReportOptions {
  readonly title: string;
  /** What was used: recipe, victim, resources with their versions … Shown as it is, as JSON. */
  readonly details: unknown;
  readonly outcomes: readonly AttackOutcome[];
  /** The task's labels, in their order. */
  readonly labels?: readonly string[];
}

const STATUSES: readonly AttackStatus[] = ['success', 'failed', 'skipped', 'error'];

const STYLE = `
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #222; background: #fff; }
table { border-collapse: collapse; margin: 1rem 0; } td { padding: .1rem 1.5rem .1rem 0; } td + td { text-align: right; font-variant-numeric: tabular-nums; }
article { border-left: .3rem solid #bbb; padding: .1rem 0 .1rem 1rem; margin: 1.2rem 0; } article.success { border-color: #c33; } article.failed { border-color: #393; }
article p { margin: .2rem 0; white-space: pre-wrap; overflow-wrap: anywhere; } .facts { color: #666; font-size: .85em; }
del { background: #fdd; color: #922; } ins { background: #dfd; color: #262; text-decoration: none; } pre { overflow: auto; background: #f4f4f4; padding: 1rem; font-size: .8em; }
@media (prefers-color-scheme: dark) { body { color: #ddd; background: #181818; } pre { background: #222; } .facts { color: #999; }
  del { background: #511; color: #fbb; } ins { background: #141; color: #bfb; } }
label { margin-right: 1rem; } ${STATUSES.map((status) => `#show-${status}:not(:checked) ~ main .${status} { display: none; }`).join(' ')}`;

/** One file that needs nothing else: the metrics, what was used, and every example with what was changed in it. */
export function htmlReport({ title, details, outcomes, labels }: HtmlReportOptions): string {
  const rows = metricRows(attackMetrics(outcomes)).map(
    ([name, value]) =>
      html`<tr>
        <td>${name}</td>
        <td>${value}</td>
      </tr>`,
  );
  const filters = STATUSES.map((status) => {
    const checked = trusted(status === 'skipped' ? '' : 'checked');
    return html`<input type="checkbox" id="show-${status}" ${checked} /><label for="show-${status}">${status}</label>`;
  });
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${title}</title>
        <style>
          ${trusted(STYLE)}
        </style>
      </head>
      <body>
        <h1>${title}</h1>
        <table>
          ${rows}
        </table>
        <details>
          <summary>What was used</summary>
          <pre>${JSON.stringify(details, null, 2)}</pre>
        </details>
        ${filters}
        <main>${outcomes.map((outcome) => articleOf(outcome, labels))}</main>
      </body>
    </html> `.text;
}

/** Side by side, with no white space between: it would show. */
const joined = (parts: readonly Markup[]): Markup => trusted(parts.map(({ text }) => text).join(''));

function articleOf(outcome: AttackOutcome, labels: readonly string[] | undefined): Markup {
  const { id, status, perturbedWords, totalWords, queries, modelQueries, error } = outcome;
  const verdicts = [outcome.original, outcome.adversarial].flatMap((judged) =>
    judged ? [verdictOf(judged, labels)] : [],
  );
  const facts = [
    `#${id}`,
    status,
    verdicts.join(' → '),
    `${perturbedWords} of ${totalWords} words`,
    `${queriesOf(queries)}, ${modelQueries} seen by the model`,
  ].join(' · ');
  // The direction of each text is its own: Hebrew or Arabic beside English.
  const columns = diffWords(outcome).map((segments) => html`<p dir="auto">${joined(segments.map(segmentOf))}</p>`);
  const failure = error === undefined ? [] : [html`<pre>${error}</pre>`];
  return html`<article class="${status}">
    <p class="facts">${facts}</p>
    ${joined([...columns, ...failure])}
  </article>`;
}

function segmentOf(segment: DiffSegment): Markup {
  if (segment.kind === 'same') return html`${segment.text}`;
  const { from, to } = segment;
  return joined([...(from ? [html`<del>${from}</del>`] : []), ...(to ? [html`<ins>${to}</ins>`] : [])]);
}

function verdictOf({ prediction, probabilities }: JudgedText, labels: readonly string[] | undefined): string {
  if (prediction === null) return 'no answer';
  return `${labels?.[prediction] ?? prediction} ${(100 * (probabilities[prediction] ?? NaN)).toFixed(1)} %`;
}
