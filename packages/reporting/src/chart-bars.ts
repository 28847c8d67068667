import type { RobustnessTable } from './robustness-table.js';
import { cellParts, noResult, severalModels } from './table-parts.js';

/** One bar of the chart, in percent. Without a result all numbers are null and the label says so. */
export interface Bar {
  readonly panel: string;
  readonly variant: string;
  readonly suite: string;
  readonly mean: number | null;
  /** The ends of the error bar, within 0 … 100; null for one seed. */
  readonly low: number | null;
  readonly high: number | null;
  readonly label: string;
  /** Where the label begins: past the bar and its error bar. */
  readonly labelAt: number;
}

/** A bar per cell of the table; a panel is a task, or a task with a model where the table holds several. */
export function chartBars(table: RobustnessTable): Bar[] {
  const severalPerTask = severalModels(table);
  return table.rows.flatMap(({ model, variant, cells }) =>
    table.columns.map(({ task, suite }, i) => {
      const place = { panel: severalPerTask ? `${task} · ${model}` : task, variant, suite };
      const cell = cells[i];
      if (!cell) return { ...place, mean: null, low: null, high: null, label: `${noResult} no result`, labelAt: 0 };
      const { mean, flag } = cellParts(cell, table);
      const label = [mean, flag].filter(Boolean).join(' ');
      const centre = 100 * cell.mean;
      if (cell.std === undefined) return { ...place, mean: centre, low: null, high: null, label, labelAt: centre };
      const low = Math.max(0, centre - 100 * cell.std);
      const high = Math.min(100, centre + 100 * cell.std);
      return { ...place, mean: centre, low, high, label, labelAt: high };
    }),
  );
}
