import * as z from 'zod';
import { DeviceClock } from '../kernel/device-clock.ts';
import { TerminalProof } from '../registry/terminal-proof.ts';

/** What the phone measured of its own clock when it captured the voucher. */
export const clockField = DeviceClock.optional();
/** The terminal's signature; without it the terminal is unproven. */
export const proofField = TerminalProof.optional();

/**
 * Fields beside a claim. They are not part of it: the same claim may be sent again with others and
 * is a repeat. `confirmed`: implausible figures were checked again and are right. `goodsInHand`:
 * the seller holds the goods, whatever the ledger says.
 */
export const deviceFields = { clock: clockField, proof: proofField };
export const liveFields = { ...deviceFields, confirmed: z.boolean().optional() };
export const goodsInHandFields = { ...liveFields, goodsInHand: z.boolean().optional() };
