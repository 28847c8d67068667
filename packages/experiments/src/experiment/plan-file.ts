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
  const text = await readFile(planFile(out), 'utf8').catch((cause: unknown) => {
    throw new InputError('There is no plan here.', {
      where: path.resolve(planFile(out)),
      hint: 'A sweep writes it.',
      cause,
    });
  });
  try {
    return JSON.parse(text) as Plan;
  } catch (cause) {
    throw new InputError('The plan is not valid JSON.', {
      where: path.resolve(planFile(out)),
      hint: 'Run the sweep again; it writes the plan afresh.',
      cause,
    });
  }
}
