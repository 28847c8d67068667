import { describe, expect, it } from 'vitest';
import { type Report, reportHtml } from './report-html.js';
import { robustnessChart } from './robustness-chart.js';
import { robustnessTable } from './robustness-table.js';
import { unclosedTags } from './testing/markup.js';
import { grid, headline, scoreRow } from './testing/rows.js';

const table = robustnessTable(grid, { headline, variants: ['vanilla', 'rose-first', 'r3f'] });
const report: Report = {
  title: 'Quickstart',
  table,
  scores: grid,
  runs: [
    { id: 'run-1', state: 'done', seconds: 3725 },
    { id: 'run-2', state: 'done', seconds: 59.7 },
    { id: 'run-3', state: 'failed' },
  ],
  missing: [{ id: 'run-3', reason: 'out of memory' }],
  provenance: { commit: 'abc123', node: 'v20' },
};

describe('reportHtml', () => {
  it('holds the table, the gaps, the runs and where it all comes from', () => {
    const page = reportHtml(report);
    expect(unclosedTags(page)).toEqual([]);
    for (const part of [
      '<strong>91.0 ± 1.0</strong>',
      '<td>– <span',
      '<td>run-3</td><td>out of memory</td>',
      '<td>1 h 2 min</td>',
      '<td>1 min 0 s</td>',
      '<td>commit</td><td>abc123</td>',
      '12 scores',
      'prefers-color-scheme: dark',
    ]) {
      expect(page.replace(/\n/gu, '')).toContain(part);
    }
    expect(reportHtml({ ...report, missing: [] })).toContain('every planned run gave its scores');
  });

  it('fetches nothing and runs nothing, also with chart and curves', async () => {
    const chart = await robustnessChart(table);
    const details = { vanilla: [{ name: 'loss', points: [1, 0.5, 0.25].map((y, x) => ({ x, y })) }] };
    const page = reportHtml({ ...report, chart, details });
    expect(unclosedTags(page)).toEqual([]);
    expect(page).toContain('loss: 1 → 0.25');
    expect(page).toContain(chart);
    expect(page).not.toMatch(
      /<(script|link|img|iframe|object|embed|base|image|use)\b|\b(src|href|srcset|action)\s*=/iu,
    );
    expect(page).not.toMatch(/url\(|@import|@font-face/iu);
    const addresses = page.replace(/xmlns(:xlink)?="http:\/\/www\.w3\.org\/[^"]*"/gu, '').match(/https?:|\/\/\w/gu);
    expect(addresses).toBeNull();
  });

  it('escapes every word that it is given', () => {
    const evil = '<img src=x onerror="a">&\'';
    const row = scoreRow({ task: evil, model: evil, variant: evil, suite: evil, metric: evil });
    const page = reportHtml({
      title: evil,
      table: robustnessTable([row], { headline: { [evil]: evil } }),
      scores: [row],
      runs: [{ id: evil, state: evil }],
      missing: [{ id: evil, reason: evil }],
      provenance: { [evil]: evil },
      details: { [evil]: [{ name: evil, points: [{ x: 0, y: 1 }] }] },
    });
    expect(page).not.toContain('<img');
    expect(page).toContain('<title>&lt;img src=x onerror=&quot;a&quot;&gt;&amp;&#39;</title>');
    expect(unclosedTags(page)).toEqual([]);
  });

  it('stands without any result', () => {
    const page = reportHtml({ ...report, table: robustnessTable([], { headline }), scores: [] });
    expect(page).toContain('No results.');
    expect(page).toContain('out of memory');
  });
});
