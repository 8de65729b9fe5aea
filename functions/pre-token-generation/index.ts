import { preTokenGeneration } from '../../shared/middleware/sign-in.ts';
import { hasSecondFactor } from '../../shared/runtime/sign-in.ts';

export const handler = preTokenGeneration(hasSecondFactor);
