/** The names that options of encoders have in an experiment. */
export const modelKeys = {
  model: 'models',
  classes: 'tasks',
  labels: 'tasks',
  maxLength: 'training.maxLength',
  pooling: 'training.pooling',
};
