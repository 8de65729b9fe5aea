import * as z from 'zod';
import type { LocationId } from '../../kernel/ids.ts';
import { Day, formatDate } from '../../kernel/time.ts';
import { exceptionSource, type StateOf, usual } from '../alert-source.ts';

/** The name of a job, such as `close-day`. */
export const WorkName = z
  .string()
  .regex(/^[a-z]+(-[a-z]+)*$/)
  .max(40)
  .brand('WorkName');
export type WorkName = z.infer<typeof WorkName>;

/** `day`: the day that the job was planned for. `problem`: the first line of its error, while it fails. */
const FailedWorkEvidence = z.strictObject({ work: WorkName, day: Day, problem: z.string().max(200).optional() });

/** A job fails at a location. Its next success resolves the alert. */
export const failed = exceptionSource({
  type: 'failed',
  about: WorkName,
  evidence: FailedWorkEvidence,
  severity: usual('district'),
  short: { en: 'work failed', hi: 'काम नहीं हुआ' },
  render: ({ location, figures: { work, day, problem } }) => {
    if (problem === undefined)
      return {
        en: `The work ${work} at ${location} succeeds again.`,
        hi: `${location} पर काम ${work} फिर ठीक से हुआ।`,
      };
    return {
      en: `The work ${work} of ${formatDate('en-IN', day)} failed at ${location}, so that its figures are old: tell who runs Bahi (${problem}).`,
      hi: `${location} पर ${formatDate('hi-IN', day)} का काम ${work} नहीं हो सका, इसलिए वहाँ के आँकड़े पुराने हैं: बही चलाने वालों को बताएँ (${problem})।`,
    };
  },
});

/** `sourceVersion` rises with every report of a failure or a success. */
export const failedState = (
  location: LocationId,
  figures: z.infer<typeof FailedWorkEvidence>,
  sourceVersion: number,
): StateOf<typeof failed> => ({
  location,
  type: 'failed',
  about: figures.work,
  sourceVersion,
  figures,
  cause: figures.problem !== undefined,
});
