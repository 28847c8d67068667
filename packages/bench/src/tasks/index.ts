import type { Repeat, Task } from './protocol.js';
import { ceilingTask } from './ceiling.js';
import { compileTask } from './compile.js';
import { inferenceTask } from './inference.js';
import { methodTask, trainTask } from './trainer.js';

/** Makes everything ready for a task, on the backend that tfjs has been told to use. Nothing has run yet. */
export function prepareTask(task: Task): Promise<Repeat> {
  switch (task.bench) {
    case 'train':
      return trainTask(task);
    case 'inference':
      return inferenceTask(task);
    case 'compile':
      return compileTask(task);
    case 'method':
      return methodTask(task);
    case 'ceiling':
      return ceilingTask(task);
  }
}
