import { hasSecondFactor } from '../../shared/api/sign-in.ts';
import { preTokenGeneration } from '../../shared/platform/pre-token-generation.ts';

export const handler = preTokenGeneration(hasSecondFactor);
