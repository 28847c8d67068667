import { beforeAll, describe, expect, it } from 'vitest';
import { runNx } from './run-nx.js';

const title = '$HOME `id` "x y" * \\ \'z\' $(date) é';

describe('nx run runner:sweep', { timeout: 300_000 }, () => {
  beforeAll(() => {
    expect(runNx('run', 'runner:build').status).toBe(0);
  }, 600_000);

  it('hands on its arguments as they were typed', () => {
    const { status, stdout } = runNx('run', 'runner:sweep', '--plan', `--set=title=${title}`, '--only=*.seed1');
    expect(stdout.split('\n')).toContain(title);
    expect(stdout).toContain('.seed1 ');
    expect(stdout).not.toContain('.seed2 ');
    expect(status).toBe(0);
  });

  it('hands on what Nx has a meaning for, after --', () => {
    expect(runNx('run', 'runner:sweep', '--', '--help').stdout).toContain('--augment-with');
  });

  it('takes none of them for a setting of its own, and says when the command fails', () => {
    const { status, stderr } = runNx(
      'run',
      'runner:sweep',
      '--program=elsewhere.js',
      '--arguments=attack',
      '__unparsed__',
    );
    expect(stderr).toContain('There is no option --program.');
    expect(status).not.toBe(0);
  });
});
