import { cloudMessages } from '../data/cloud-messages.ts';
import { tellThrough } from './composition.ts';

/** Imported by the functions that write to people and to other systems. */
tellThrough((where) => cloudMessages(where));
