import { InputError } from '@rose/foundation';
import type { TopLevelSpec } from 'vega-lite';
import { chartBars } from './chart-bars.js';
import { distinct } from './distinct.js';
import type { RobustnessTable } from './robustness-table.js';

/** The first suite, which is the clean one, in blue; told apart also without colour vision (after Okabe & Ito, 2008). */
const palette = ['#4e9ac7', '#e69f00', '#cc79a7', '#009e73', '#d55e00', '#999999'];
const ink = '#1b1f24';

/** A place on the horizontal axis, which goes on past 100 so that the labels of good scores stay inside the frame. */
const along = (field: string) => ({
  field,
  type: 'quantitative' as const,
  scale: { domain: [0, 116], nice: false },
});

function subtitle({ seeds }: RobustnessTable, labels: readonly string[]): string {
  const spread =
    seeds.length > 1
      ? `mean over ${seeds.length.toString()} seeds; lines: ± one sample standard deviation`
      : '1 seed, so no spread is shown';
  const incomplete = labels.some((label) => label.includes('[')) ? '; [k/n]: only k of the n seeds gave a result' : '';
  const mixed = labels.some((label) => label.includes('!')) ? '; !: unlike numbers of examples' : '';
  return spread + incomplete + mixed;
}

function barLayers(suites: readonly string[], metrics: readonly string[]) {
  const title = `${metrics.length === 1 ? (metrics[0] ?? '') : 'score'}, %`;
  const domain = [...suites];
  return [
    {
      transform: [{ filter: 'datum.mean !== null' }],
      mark: { type: 'bar' as const },
      encoding: {
        x: { ...along('mean'), title, axis: { values: [0, 20, 40, 60, 80, 100] } },
        color: {
          field: 'suite',
          type: 'nominal' as const,
          sort: domain,
          scale: { domain, range: palette },
          legend: { title: 'suite', orient: 'top' as const },
        },
      },
    },
    {
      transform: [{ filter: 'datum.low !== null' }],
      mark: { type: 'rule' as const, strokeWidth: 1.5, color: ink },
      encoding: { x: along('low'), x2: { field: 'high' } },
    },
    {
      mark: { type: 'text' as const, align: 'left' as const, dx: 4, fontSize: 10, color: ink },
      encoding: { x: along('labelAt'), text: { field: 'label', type: 'nominal' as const } },
    },
  ];
}

function toSpec(table: RobustnessTable): TopLevelSpec {
  const bars = chartBars(table);
  const suites = distinct(table.columns.map((column) => column.suite));
  const variants = distinct(table.rows.map((row) => row.variant));
  const labels = bars.map((bar) => bar.label);
  return {
    data: { values: bars },
    title: { text: 'Clean and adversarial scores', subtitle: subtitle(table, labels), anchor: 'start', offset: 12 },
    facet: {
      field: 'panel',
      type: 'nominal',
      sort: distinct(bars.map((bar) => bar.panel)),
      title: null,
      header: { labelFontSize: 13, labelFontWeight: 'bold', labelAnchor: 'start' },
    },
    columns: 2,
    spacing: { column: 40, row: 28 },
    resolve: { axis: { x: 'independent' } },
    spec: {
      width: 320,
      height: { step: 15 },
      encoding: {
        y: { field: 'variant', type: 'nominal', sort: variants, title: null, scale: { paddingInner: 0.25 } },
        yOffset: { field: 'suite', type: 'nominal', sort: suites },
      },
      layer: barLayers(suites, distinct(table.columns.map((column) => column.metric))),
    },
    config: {
      background: 'white',
      view: { stroke: '#d5dae0' },
      axis: { labelFontSize: 11, titleFontSize: 11, labelLimit: 240 },
    },
  };
}

/**
 * The table as an SVG: a panel per task (and model), a group of bars per variant, a bar per suite, in percent, with lines
 * of ± one sample standard deviation where there are at least two seeds. A missing cell is named, not drawn as 0.
 *
 * Vega and Vega-Lite are loaded only here: about 0.2 s.
 *
 * @throws InputError for a table without results
 */
export async function robustnessChart(table: RobustnessTable): Promise<string> {
  if (table.columns.length === 0) {
    throw new InputError('There is nothing to draw: the table has no results', { where: 'robustness chart' });
  }
  const [vega, vegaLite] = await Promise.all([import('vega'), import('vega-lite')]);
  const view = new vega.View(vega.parse(vegaLite.compile(toSpec(table)).spec), { renderer: 'none' });
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}
