import { describe, expect, it } from 'vitest';
import { chartBars } from './chart-bars.js';
import { robustnessChart } from './robustness-chart.js';
import { robustnessTable } from './robustness-table.js';
import { unclosedTags } from './testing/markup.js';
import { grid, headline, scoreRow } from './testing/rows.js';

const count = (svg: string, role: string) => svg.split(`aria-roledescription="${role}"`).length - 1;

describe('robustnessChart', () => {
  it('draws a bar a cell, an error bar where there are seeds, and a word where there is no result', async () => {
    const rows = [...grid, scoreRow({ variant: 'one-seed', value: 0.6 })];
    const table = robustnessTable(rows, { headline, variants: ['vanilla', 'rose-first', 'one-seed'] });
    const svg = await robustnessChart(table);
    expect(unclosedTags(svg)).toEqual([]);
    expect(count(svg, 'bar')).toBe(5);
    expect(count(svg, 'rule mark')).toBe(4);
    expect(svg.match(/– no result/gu)?.length).toBeGreaterThan(0);
    for (const words of ['accuracy, %', 'sst2', 'dev', 'advglue', 'mean over 3 seeds', '91.0', '60.0 [1/3]']) {
      expect(svg).toContain(words);
    }
  });

  it('is the same picture every time, with names escaped', async () => {
    const table = robustnessTable([scoreRow({ variant: '<script>&"' })], { headline });
    const svg = await robustnessChart(table);
    expect(svg).not.toContain('<script');
    expect(svg).toContain('&lt;script');
    expect(svg).toContain('1 seed');
    expect(await robustnessChart(table)).toBe(svg);
  });

  it('refuses to draw nothing', async () => {
    await expect(robustnessChart(robustnessTable([], { headline }))).rejects.toThrow(/nothing to draw/u);
  });
});

it('keeps error bars within 0 to 100 % and has a panel per model', () => {
  const rows = [
    scoreRow({ seed: 1, value: 0 }),
    scoreRow({ seed: 2, value: 0.1 }),
    scoreRow({ model: 'base', seed: 1, value: 1 }),
    scoreRow({ model: 'base', seed: 2, value: 0.9 }),
  ];
  const bars = chartBars(robustnessTable(rows, { headline }));
  expect(bars.map((bar) => bar.panel)).toEqual(['sst2 · mini', 'sst2 · base']);
  expect(bars[0]?.low).toBe(0);
  expect(bars[1]?.high).toBe(100);
  expect(bars[1]?.mean).toBeCloseTo(95, 10);
});
