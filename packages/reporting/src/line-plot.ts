import { html, type Markup } from '@rose/foundation';

/** Something that was measured along the way, such as the training loss at each logged step. */
export interface Curve {
  readonly name: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

const width = 240;
const height = 56;

const short = (value: number) => Number(value.toPrecision(4)).toString();

/** The curve as a small inline SVG in the colour of the text, its first and last value beside it. */
export function linePlot({ name, points }: Curve): Markup {
  const finite = points.filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y));
  const first = finite[0];
  const last = finite.at(-1);
  if (!first || !last) return html`<figure><figcaption>${name}: no points</figcaption></figure>`;
  const scale = (values: readonly number[], size: number) => {
    const low = values.reduce((a, b) => Math.min(a, b));
    const span = values.reduce((a, b) => Math.max(a, b)) - low || 1;
    return (value: number) => ((value - low) / span) * (size - 4) + 2;
  };
  const toX = scale(
    finite.map(({ x }) => x),
    width,
  );
  const toY = scale(
    finite.map(({ y }) => y),
    height,
  );
  const path = finite.map(({ x, y }) => `${toX(x).toFixed(1)},${(height - toY(y)).toFixed(1)}`).join(' ');
  const caption = `${name}: ${short(first.y)} → ${short(last.y)}`;
  return html`<figure>
    <svg width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${caption}">
      <polyline points="${path}" fill="none" stroke="currentColor" stroke-width="1.5" />
    </svg>
    <figcaption>${caption}</figcaption>
  </figure>`;
}
