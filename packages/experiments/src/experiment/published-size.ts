import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** Which of the models that ROSE's authors trained a folder holds, by its config.json: RoBERTa of either size, or none. */
export async function publishedSize(model: string): Promise<'base' | 'large' | undefined> {
  const text = await readFile(path.join(model, 'config.json'), 'utf8').catch(() => '{}');
  const config = JSON.parse(text) as Record<string, unknown>;
  if (config['model_type'] !== 'roberta') return undefined;
  const [layers, width] = [config['num_hidden_layers'], config['hidden_size']];
  if (layers === 12 && width === 768) return 'base';
  return layers === 24 && width === 1024 ? 'large' : undefined;
}
