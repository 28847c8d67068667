/**
 * Linear warm-up from 0, then linear decay to 0 at `totalSteps` (Hugging Face's `linear` schedule, the released code's).
 * @param step t, counted from 1: the first step has the full rate when there is no warm-up.
 */
export function linearSchedule(step: number, { peak, warmupSteps, totalSteps }: LinearSchedule): number {
  const done = step - 1;
  if (done < warmupSteps) return (peak * done) / Math.max(1, warmupSteps);
  return peak * Math.max(0, (totalSteps - done) / Math.max(1, totalSteps - warmupSteps));
}

export interface LinearSchedule {
  /** The learning rate after warm-up. */
  readonly peak: number;
  readonly warmupSteps: number;
  readonly totalSteps: number;
}
