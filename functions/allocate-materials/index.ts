import { worker } from '../../shared/platform/job.ts';
import { allocateMaterials } from './allocate-materials.ts';

export const handler = worker(allocateMaterials);
