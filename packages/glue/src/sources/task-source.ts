import type { AdversarialExample, Example, Split } from '../examples/example.js';
import type { TaskDefinition } from '../tasks/define-task.js';

/** A place that tasks are read from. Every method throws an InputError with the place, if the data is not there. */
export interface TaskSource {
  readonly name: string;
  load(task: TaskDefinition, split: Split): Promise<readonly Example[]>;
  adversarial(task: TaskDefinition): Promise<readonly AdversarialExample[]>;
  /** SHA-256 (hex) over the contents of the files of the task that are there, wherever they lie. */
  fingerprint(task: TaskDefinition): Promise<string>;
}
