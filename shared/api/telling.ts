import { cloudMessages } from '../notifications/cloud-channel.ts';
import { reachThrough } from './composition.ts';

/** Imported by the functions that write to people and to other systems. */
reachThrough({ messages: (where) => cloudMessages(where) });
