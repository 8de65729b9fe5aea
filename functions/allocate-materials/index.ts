import { worker } from '../../shared/middleware/job.ts';
import { allocateMaterials } from './allocate-materials.ts';

export const handler = worker(allocateMaterials);
