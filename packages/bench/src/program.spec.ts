import { InputError } from '@rose/foundation';
import { describe, expect, it } from 'vitest';
import { BenchProgram, splitCommand } from './program.js';
import type { Task } from './tasks/protocol.js';

const task: Task = { bench: 'ceiling', rows: 1, inner: 2, columns: 3, threads: 1 };

/** A program whose answers to the lines it gets are these. */
const answering = (...answers: string[]) => [
  process.execPath,
  '-e',
  `const answers = ${JSON.stringify(answers)};
   require('node:readline').createInterface({ input: process.stdin }).on('line', () => {
     if (answers.length > 0) console.log(answers.shift()); else { console.error('no more'); process.exit(3); }
   });`,
];

describe('splitCommand', () => {
  it('keeps quoted words together', () => {
    expect(splitCommand(`"/a b/python"  x.py '--name=c d' e`)).toEqual(['/a b/python', 'x.py', '--name=c d', 'e']);
  });
  it('refuses nothing', () => {
    expect(() => splitCommand('  ')).toThrow(InputError);
  });
});

describe('BenchProgram', () => {
  it('asks for rounds and passes over greetings', async () => {
    const round = { repeats: [{ ms: 1.5 }], peakRssMiB: 20 };
    const { program, ready } = await BenchProgram.start(
      answering('Welcome!\n{"ready":"p 1.0","variant":"quick"}', JSON.stringify(round)),
      task,
    );
    expect(ready).toEqual({ ready: 'p 1.0', variant: 'quick' });
    expect(await program.round({ warmup: 0, repeats: 1 })).toEqual(round);
    await expect(program.round({ warmup: 0, repeats: 1 })).rejects.toMatchObject({ hint: 'no more' });
    await program.end();
  });

  it('says what went wrong', async () => {
    const failing = (...command: string[]) => expect(BenchProgram.start(command, task)).rejects;
    await failing('no-such-program').toThrow('ENOENT');
    await failing(process.execPath, '-e', '').toThrow('It ended without an answer.');
    await failing(...answering('{"error":"no memory"}')).toThrow('no memory');
    await failing(...answering('{"ready":7}')).toThrow('It answered {"ready":7}');
  });
});
