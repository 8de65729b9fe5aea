import * as z from 'zod';
import type { AreaId } from '../../kernel/ids.ts';
import { Day, formatDate } from '../../kernel/time.ts';
import type { BilingualText } from '../../kernel/units.ts';
import { type Audience, isArea } from '../../registry/staff.ts';
import { areaOrLocationSource, type StateOf, usualSeverity } from '../alert-source.ts';

/** The name of a job, such as `close-day`. */
export const WorkName = z
  .string()
  .regex(/^[a-z]+(-[a-z]+)*$/)
  .max(40)
  .brand('WorkName');
export type WorkName = z.infer<typeof WorkName>;

/** `day`: the planned day. `problem`: first line of the error; absent after success. */
const FailedWorkEvidence = z.strictObject({ work: WorkName, day: Day, problem: z.string().max(200).optional() });

/** The job's next success resolves the alert. */
export const failed = areaOrLocationSource({
  type: 'failed',
  about: WorkName,
  evidence: FailedWorkEvidence,
  severity: usualSeverity('district'),
  smsText: { en: 'work failed', hi: 'काम नहीं हुआ' },
  render: ({ location, figures: { work, day, problem } }) => {
    if (isArea(location)) return renderForArea(location, work, day, problem);
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

const renderForArea = (area: AreaId, work: WorkName, day: Day, problem: string | undefined): BilingualText => {
  const name = area === 'state' ? { en: 'the state', hi: 'पूरे राज्य' } : { en: `district ${area}`, hi: `ज़िला ${area}` };
  if (problem === undefined)
    return { en: `The work ${work} for ${name.en} succeeds again.`, hi: `${name.hi} का काम ${work} फिर ठीक से हुआ।` };
  return {
    en: `The work ${work} of ${formatDate('en-IN', day)} failed for ${name.en}: tell who runs Bahi (${problem}).`,
    hi: `${name.hi} का ${formatDate('hi-IN', day)} का काम ${work} नहीं हो सका: बही चलाने वालों को बताएँ (${problem})।`,
  };
};

/** Every report raises `sourceVersion`. */
export const failedState = (
  location: Audience,
  figures: z.infer<typeof FailedWorkEvidence>,
  sourceVersion: number,
): StateOf<typeof failed> => ({
  location,
  type: 'failed',
  about: figures.work,
  sourceVersion,
  figures,
  isActive: figures.problem !== undefined,
});
