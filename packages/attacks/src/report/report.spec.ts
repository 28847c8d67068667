import { describe, expect, it } from 'vitest';
import { attackMetrics } from '../attack/metrics.js';
import { failure, success } from '../testing/outcomes.js';
import { advGlueFile, adversarialRows } from './adversarial-rows.js';
import { htmlReport } from './html-report.js';
import { renderMetrics, renderOutcome } from './terminal-report.js';

const swapped = success(['a good film', 'so good'], ['a bad film', 'so good'], { id: 7 });
const labels = ['negative', 'positive'];

describe('the terminal', () => {
  it('marks changes without colour by brackets', () => {
    expect(renderOutcome(swapped, { colour: false, labels })).toBe(
      '#7 success  positive 90 % → negative 80 %  1 of 4 words, 9 queries\n  a [-good-]{+bad+} film\n  so good',
    );
    const broken = failure('x', { error: 'broken', status: 'error', queries: 1 });
    expect(renderOutcome(broken, { colour: false })).toMatch(/ 1 query\n {2}x\n {2}broken$/);
  });

  it('has colour where asked, and no escape sequence of the text itself', () => {
    const hostile = success(['\u001b[2Jgood'], ['\u001b[2Jbad\u0007']);
    const plain = renderOutcome(hostile, { colour: false });
    expect(plain.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
    const painted = renderOutcome(hostile, { colour: true });
    expect(painted).toContain('\u001b[31m2Jgood\u001b[0m\u001b[32m2Jbad�\u001b[0m');
    expect(painted).not.toContain('\u001b[2J');
  });

  it('has a table of the metrics, measured ones where there are some', () => {
    const table = renderMetrics(attackMetrics([swapped, failure('x')]));
    expect(table).toMatch(/^Original accuracy +100\.00 %$/m);
    expect(table).toMatch(/^Perturbed words +25\.00 %$/m);
    expect(table).not.toContain('Similarity');
    const measured = { ...swapped, quality: { similarity: 0.875 } };
    expect(renderMetrics(attackMetrics([measured]))).toMatch(/^Similarity +0\.88$/m);
    expect(renderMetrics(attackMetrics([]))).toMatch(/^Attack success rate +–$/m);
  });
});

describe('the HTML report', () => {
  const outcomes = [
    swapped,
    success(['<b>Tom & "Jerry"</b>'], ['<i>Tom & "Jerry"</i>']),
    failure('סרט טוב', { status: 'error', error: '</pre><script>alert(1)</script>' }),
  ];
  const html = htmlReport({ title: 'A <test>', details: { recipe: 'x</pre>' }, outcomes, labels });

  it('shows what was changed and lets no text become markup', () => {
    expect(html).toContain('<p dir="auto">a <del>good</del><ins>bad</ins> film</p>');
    expect(html).toContain('&lt;<del>b</del><ins>i</ins>&gt;Tom &amp; &quot;Jerry&quot;');
    expect(html).not.toContain('<script');
    expect(html).toContain('<title>A &lt;test&gt;</title>');
    expect(html.match(/<\/pre>/g)).toHaveLength(2);
  });

  it('needs nothing else, and leaves the direction to each text', () => {
    expect(html).not.toMatch(/<link|<img|src=|href=|https?:/);
    expect(html.match(/<p dir="auto">/g)).toHaveLength(4);
    for (const tag of ['p', 'pre', 'article', 'del', 'ins', 'table', 'tr', 'td', 'label', 'main', 'body', 'html']) {
      expect(html.match(new RegExp(`<${tag}[ >]`, 'g'))?.length).toBe(html.match(new RegExp(`</${tag}>`, 'g'))?.length);
    }
  });
});

describe('adversarial rows', () => {
  const outcomes = [swapped, failure('x'), success(['gone', 'b'], [' ', 'b']), success(['a', 'b'], ['c', 'd'])];

  it('are the successes that still have all their texts', () => {
    expect(adversarialRows(outcomes)).toEqual([
      { id: 7, texts: ['a bad film', 'so good'], label: 1, original: ['a good film', 'so good'] },
      { id: 0, texts: ['c', 'd'], label: 1, original: ['a', 'b'] },
    ]);
  });

  it('have the shape of AdvGLUE', () => {
    const columns = ['question', 'sentence'];
    expect(advGlueFile(outcomes, { key: 'qnli', columns, method: 'textfooler' })).toEqual({
      qnli: [
        {
          idx: 0,
          label: 1,
          question: 'a bad film',
          sentence: 'so good',
          original_question: 'a good film',
          data_construction: 'word',
          method: 'textfooler',
        },
        {
          idx: 1,
          label: 1,
          question: 'c',
          sentence: 'd',
          original_question: 'a',
          original_sentence: 'b',
          data_construction: 'word',
          method: 'textfooler',
        },
      ],
    });
  });
});
