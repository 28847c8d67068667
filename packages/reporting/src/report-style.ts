/** The whole style of the report. No fonts, no pictures: nothing that a browser would have to fetch. */
export const reportStyle = `
:root { color-scheme: light dark; --ink: #1b1f24; --paper: #fff; --soft: #5c6670; --line: #d5dae0; --stripe: #f4f6f8; --bad: #a3260f; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e3e7eb; --paper: #14181c; --soft: #98a3ae; --line: #363e46; --stripe: #1c2227; --bad: #ff9580; }
}
body { margin: 2rem auto; padding: 0 1rem; max-width: 76rem; font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
h1 { font-size: 1.6rem; } h2 { font-size: 1.15rem; margin-top: 2.2rem; } h3 { font-size: 1rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .3rem .8rem; text-align: right; white-space: nowrap; border-bottom: 1px solid var(--line); }
th:first-child, td:first-child, table.words th, table.words td { text-align: left; }
table.words td { white-space: normal; overflow-wrap: anywhere; }
tbody tr:nth-child(even) { background: var(--stripe); }
tfoot td, tfoot th, th span, .notes, figcaption, .flag { color: var(--soft); font-weight: normal; }
th span { display: block; font-size: .85em; }
.flag { font-size: .85em; } .bad { color: var(--bad); }
.chart { background: #fff; border-radius: 6px; padding: .5rem; width: fit-content; max-width: 100%; overflow-x: auto; box-sizing: border-box; }
.curves { display: flex; flex-wrap: wrap; gap: 1rem; } figure { margin: 0; }
summary { cursor: pointer; }
`;
