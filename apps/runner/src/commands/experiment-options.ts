/** The options of every command that works on an experiment. */
export const experimentOptions = {
  experiment: {
    type: 'string',
    default: 'quickstart',
    describe: 'Name of an experiment (rose list experiments), or a YAML file',
  },
  set: {
    type: 'string',
    array: true,
    nargs: 1,
    default: [] as string[],
    describe: 'Override one setting, KEY=VALUE; repeatable',
  },
} as const;
