import { describe, expect, it } from 'vitest';
import { robustnessTable } from './robustness-table.js';
import { tableAsCsv } from './table-as-csv.js';
import { tableAsLatex } from './table-as-latex.js';
import { tableAsMarkdown } from './table-as-markdown.js';
import { grid, headline, scoreRow } from './testing/rows.js';

const table = robustnessTable(grid, { headline, variants: ['vanilla', 'rose-first', 'r3f'] });
const odd = robustnessTable(
  [scoreRow({ variant: '50%_a|b & "c", \\d' }), scoreRow({ variant: '[x]~<i>', value: 0.7 })],
  {
    headline,
  },
);

describe('tableAsMarkdown', () => {
  it('has a line a variant, all with the same cells', () => {
    const lines = tableAsMarkdown(table).split('\n');
    expect(lines.slice(0, 7)).toEqual([
      '| variant | sst2 dev, accuracy | sst2 advglue, accuracy |',
      '| --- | ---: | ---: |',
      '| vanilla | **91.0 ± 1.0** | 35.0 ± 5.0 |',
      '| rose-first | 90.5 ± 0.0 | **45.0 ± 5.0** |',
      '| r3f | – | – |',
      '| _examples_ | _872_ | _148_ |',
      '| _noise of one run_ | _± 1.9_ | _± 7.9_ |',
    ]);
    expect(lines).toContain('- –: no result.');
  });

  it('escapes what would be a cell border or a tag', () => {
    expect(tableAsMarkdown(odd)).toContain('| 50%\\_a\\|b \\& "c", \\\\d | **80.0** |');
    expect(tableAsMarkdown(odd)).toContain('| \\[x\\]\\~\\<i\\> | 70.0 |');
  });
});

describe('tableAsLatex', () => {
  it('spans the suites of a task and emboldens the best', () => {
    const tex = tableAsLatex(table);
    expect(tex).toContain('& \\multicolumn{2}{c}{sst2} \\\\\n  \\cmidrule(lr){2-3}');
    expect(tex).toContain('  vanilla & \\textbf{91.0} $\\pm$ 1.0 & 35.0 $\\pm$ 5.0 \\\\');
    expect(tex).toContain('  r3f & -- & -- \\\\');
    expect(tex).toContain('95 \\% Wilson');
    for (const rule of ['\\toprule', '\\midrule', '\\bottomrule']) expect(tex).toContain(rule);
  });

  it('escapes every sign that LaTeX would obey, and is plain ASCII', () => {
    const tex = tableAsLatex(odd);
    expect(tex).toContain('50\\%\\_a\\textbar{}b \\& "c", \\textbackslash{}d & \\textbf{80.0} \\\\');
    expect(tex).toContain('{[}x{]}\\textasciitilde{}\\textless{}i\\textgreater{} & 70.0 \\\\');
    expect([...tex].filter((sign) => sign > '~')).toEqual([]);
  });
});

describe('tableAsCsv', () => {
  it('keeps full precision, and leaves empty what there is not', () => {
    const one = robustnessTable([scoreRow({ value: 1 / 3 })], { headline, variants: ['vanilla', 'a "b", c'] });
    const noise = one.rows[0]?.cells[0]?.noise ?? Number.NaN;
    expect(tableAsCsv(one)).toBe(
      [
        'model,variant,sst2 dev accuracy mean,sst2 dev accuracy std,sst2 dev accuracy seeds,sst2 dev accuracy examples,sst2 dev accuracy noise',
        `mini,vanilla,0.3333333333333333,,1,100,${noise.toString()}`,
        'mini,"a ""b"", c",,,0,,',
        '',
      ].join('\n'),
    );
  });
});
