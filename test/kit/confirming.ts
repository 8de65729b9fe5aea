import type { Client } from '../../shared/api/client.ts';
import type { ConfirmationProof } from '../../shared/materials/request-contract.ts';
import type { Asks } from './asking.ts';
import { type Book, expectOk } from './book.ts';
import { DEPOT } from './depot.ts';

export const SIGNED = { proof: 'signature', by: 'S002', signature: 'register 12, line 4' } as ConfirmationProof;
export const right = (code: string): ConfirmationProof => ({ proof: 'code', code });
/** Other codes than this one. */
export const wrong = (code: string, by = 1): ConfirmationProof =>
  right(String((Number(code) + by) % 1_000_000).padStart(6, '0'));

/** Who confirms what was issued to one producer at Pilibhit's depot, and what they are told. */
export const confirmsAt = async (book: Book, asks: Asks) => {
  const artisan = await book.as('producer', `producer:${asks.producer}`);
  const manager = await book.as('depot', `location:${DEPOT}`);
  const officer = await book.as('officer', 'district:PBT');

  const follow = async (number: string, by = artisan) => expectOk(await by.getRequest({ path: asks.pathOf(number) }));
  /** What the producer sees, if anything. */
  const codeOf = async (number: string) => (await follow(number)).confirmWith?.code ?? 'none';
  /** At the counter, S002 confirms: another than S001, who issues. */
  const said = (body: ConfirmationProof, by: Client): ConfirmationProof =>
    by === manager ? ({ by: 'S002', ...body } as ConfirmationProof) : body;
  const say = async (number: string, body: ConfirmationProof, by: Client = manager, ifMatch?: number) =>
    by.confirmRequest({
      path: asks.pathOf(number),
      body: said(body, by),
      ifMatch: ifMatch ?? (await asks.read(number)).version,
    });

  return {
    artisan,
    manager,
    officer,
    follow,
    codeOf,
    say,
    /** In short: the state it came to, the tries that are left, or why it was refused. */
    told: async (number: string, body: ConfirmationProof, by: Client = manager) => {
      const answer = await say(number, body, by);
      return answer.ok ? answer.body.state : (answer.problem.triesLeft ?? answer.problem.code);
    },
    /** A request issued in part, and its code. */
    issued: async () => {
      const number = await asks.reach.issued();
      return { number, code: await codeOf(number) };
    },
  };
};
export type Confirms = Awaited<ReturnType<typeof confirmsAt>>;
