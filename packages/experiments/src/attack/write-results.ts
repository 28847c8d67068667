import path from 'node:path';
import {
  type AttackOutcome,
  type JournalHeader,
  advGlueFile,
  adversarialRows,
  attackMetrics,
  htmlReport,
} from '@rose/attacks';
import { toJson, writeAtomically } from '@rose/foundation';
import type { TaskDefinition } from '@rose/glue';
import type { Provenance } from '../run/provenance.js';
import type { Schedule } from './attack-session.js';

export interface AttackResults {
  readonly out: string;
  readonly header: JournalHeader;
  readonly outcomes: readonly AttackOutcome[];
  readonly schedule: Schedule;
  readonly provenance: Provenance;
  readonly task: TaskDefinition;
  /** The recipe's name, with its resources. */
  readonly recipe: string;
  readonly victim: string;
}

/**
 * Writes what stands beside the journal: summary.json, report.html, and advglue/dev_ann.json for whatever reads AdvGLUE
 * (`data.advGlue` takes that folder).
 * @returns the files
 */
export async function writeResults(results: AttackResults): Promise<string[]> {
  const { out, header, outcomes, schedule, provenance, task, recipe, victim } = results;
  const files: [name: string, content: string][] = [
    ['summary.json', toJson({ ...header, metrics: attackMetrics(outcomes), schedule, provenance })],
    [
      'report.html',
      htmlReport({ title: `${recipe} on ${victim}, ${task.title}`, details: header, outcomes, labels: task.labels }),
    ],
  ];
  // AdvGLUE's readers refuse a task without items.
  if (adversarialRows(outcomes).length > 0) {
    const shape = { key: task.advGlueKey ?? task.name, columns: task.columns, method: recipe };
    files.push([path.join('advglue', 'dev_ann.json'), toJson(advGlueFile(outcomes, shape))]);
  }
  for (const [name, content] of files) await writeAtomically(path.join(out, name), content);
  return files.map(([name]) => path.join(out, name));
}
