import { describe, expect, it } from 'vitest';
import { findTask, tasks } from './tasks.js';

describe('the tasks', () => {
  it('are found by their name', () => {
    expect(findTask('rte').columns).toEqual(['sentence1', 'sentence2']);
    for (const [name, task] of tasks) expect(task.name).toBe(name);
  });

  it('encode labels as Hugging Face does: 1 is positive, 0 is entailment, 1 is duplicate', () => {
    expect(findTask('sst2').labels[1]).toBe('positive');
    expect(findTask('rte').labels[0]).toBe('entailment');
    expect(findTask('qnli').labels[0]).toBe('entailment');
    expect(findTask('qqp').labels[1]).toBe('duplicate');
  });

  it('refuse an unknown name with the nearest known one', () => {
    expect(() => findTask('sst-2')).toThrow(
      expect.objectContaining({ name: 'InputError', hint: "Did you mean 'sst2'?" }),
    );
    expect(() => findTask('summarisation')).toThrow(
      expect.objectContaining({ hint: 'Known: sst2, rte, qnli, qqp, mrpc, cola.' }),
    );
  });
});
