/** What a run says of itself while it works; sent from its process to the sweep's. */
export type ProgressEvent =
  | {
      readonly kind: 'train';
      readonly step: number;
      readonly steps: number;
      readonly epoch?: number;
      readonly devAccuracy?: number;
    }
  | { readonly kind: 'suite'; readonly suite: string; readonly done: number; readonly total: number };
