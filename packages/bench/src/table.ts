import type { BenchLine } from './lines.js';
import { type Ratio, describeRatio } from './ratios.js';

/** Our line beside that of another program. */
export interface Comparison {
  readonly theirs: BenchLine;
  readonly ratio: Ratio;
}

type Row = readonly (string | undefined)[];

const widths = [10, 13, 9, 27, 10, 11, 9];
/** A comparison's column, but for a longer name. */
const comparisonWidth = 42;
const heads = ['bench', 'model', 'batch×len', 'ms, median (min … max)', 'tokens/s', 'of ceiling', 'peak MiB'];

/** The first two columns are names, the others numbers. */
const cells = (row: Row): string =>
  row.map((cell = '', i) => (i < 2 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join(' ');

const comparisonCell = (text: string): string => `   ${text.padEnd(comparisonWidth)}`;

const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;

const milliseconds = (ms: number): string => ms.toFixed(Math.abs(ms) < 10 ? 2 : Math.abs(ms) < 100 ? 1 : 0);

/** The head of the table; `others` are what the lines are compared to. */
export const tableHead = (others: readonly string[]): string =>
  [cells(heads), ...others.map(comparisonCell)].join('').trimEnd();

/** One line of the table. A comparison says the other's time, how many times ours that is, and its peak memory. */
export function tableRow(line: BenchLine, comparisons: readonly (Comparison | undefined)[]): string {
  const compared = comparisons.map((comparison) => comparisonCell(comparison ? describeComparison(comparison) : '–'));
  return [cells([...nameCells(line), ...numberCells(line)]), ...compared].join('').trimEnd();
}

function nameCells(line: BenchLine): Row {
  if (line.bench === 'ceiling') return [line.bench, undefined, undefined];
  return [line.bench, line.model, `${line.batch}×${line.length}`];
}

function numberCells(line: BenchLine): Row {
  const { msMedian, msMin, msMax, peakRssMiB } = line;
  const times = `${milliseconds(msMedian)} (${milliseconds(msMin)} … ${milliseconds(msMax)})`;
  return [times, ...rateCells(line), peakRssMiB.toFixed(0)];
}

/** The two columns in the middle, which not every bench fills with the same. */
function rateCells(line: BenchLine): Row {
  switch (line.bench) {
    case 'ceiling':
      return [undefined, `${line.gflops.toFixed(0)} GF/s`];
    case 'attack':
      return [undefined, `${line.examplesPerMinute.toFixed(0)}/min`];
    case 'method':
      return [undefined, `${line.timesVanilla.toFixed(2)}×`];
    case 'fusion':
      return [undefined, `${line.timesFull.toFixed(2)}×`];
    case 'optimizer':
      return [undefined, `${percent(line.stepShare)} step`];
    case 'compile':
      return [undefined, line.traceMs === undefined ? undefined : `trace ${milliseconds(line.traceMs)}`];
    default:
      return [line.tokensPerSecond.toFixed(0), percent(line.ceilingShare)];
  }
}

const describeComparison = ({ theirs, ratio }: Comparison): string =>
  `${milliseconds(theirs.msMedian)} ms, ${describeRatio(ratio)}, ${theirs.peakRssMiB.toFixed(0)} MiB`;
