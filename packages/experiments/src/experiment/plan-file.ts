import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { InputError, toJson, writeAtomically } from '@rose/foundation';
import type { Plan } from './plan.js';

const planFile = (out: string) => path.join(out, 'plan.json');

export async function writePlan(out: string, plan: Plan): Promise<void> {
  await mkdir(out, { recursive: true });
  await writeAtomically(planFile(out), toJson(plan));
}

/** @throws InputError when the folder holds no plan that can be read */
export async function readPlan(out: string): Promise<Plan> {
  const place = { where: path.resolve(planFile(out)), option: 'out' };
  const text = await readFile(planFile(out), 'utf8').catch((cause: unknown) => {
    throw new InputError('There is no plan here.', { ...place, hint: 'A sweep writes it.', cause });
  });
  const plan = parsed(text);
  if (isPlan(plan)) return plan;
  throw new InputError('This is not the plan of a sweep, or it is broken.', {
    ...place,
    hint: 'Run the sweep again; it writes the plan afresh.',
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether this is what `writePlan` has written; nobody writes plans by hand. */
function isPlan(value: unknown): value is Plan {
  if (typeof value !== 'object' || value === null) return false;
  const { schema, runs, experiment } = value as Partial<Plan>;
  return schema === 1 && Array.isArray(runs) && typeof experiment === 'object';
}
