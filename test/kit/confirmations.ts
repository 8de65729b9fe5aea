import type { Client } from '../../shared/api/client.ts';
import type { ConfirmationProof } from '../../shared/materials/request-contract.ts';
import { type Book, expectOk } from './book.ts';
import { DEPOT } from './depot.ts';
import type { RequestDriver } from './material-requests.ts';

export const SIGNED = { proof: 'signature', by: 'S002', signature: 'register 12, line 4' } as ConfirmationProof;
export const rightCode = (code: string): ConfirmationProof => ({ proof: 'code', code });
/** Other codes than this one. */
export const wrongCode = (code: string, by = 1): ConfirmationProof =>
  rightCode(String((Number(code) + by) % 1_000_000).padStart(6, '0'));

/** Confirms issues to one producer at Pilibhit's depot, as artisan, manager or officer. */
export const confirmationsAt = async (book: Book, asks: RequestDriver) => {
  const artisan = await book.as('producer', `producer:${asks.producer}`);
  const manager = await book.as('depot', `location:${DEPOT}`);
  const officer = await book.as('officer', 'district:PBT');

  const follow = async (number: string, by = artisan) => expectOk(await by.getRequest({ path: asks.pathOf(number) }));
  /** The code that the producer reads, or `none`. */
  const codeOf = async (number: string) => (await follow(number)).confirmWith?.code ?? 'none';
  /** At the counter, S002 confirms: another than S001, who issues. */
  const withStaff = (body: ConfirmationProof, by: Client): ConfirmationProof =>
    by === manager ? ({ by: 'S002', ...body } as ConfirmationProof) : body;
  const confirm = async (number: string, body: ConfirmationProof, by: Client = manager, ifMatch?: number) =>
    by.confirmRequest({
      path: asks.pathOf(number),
      body: withStaff(body, by),
      ifMatch: ifMatch ?? (await asks.read(number)).version,
    });

  return {
    artisan,
    manager,
    officer,
    follow,
    codeOf,
    confirm,
    /** The new state; else the tries that are left, or the code of the refusal. */
    resultOf: async (number: string, body: ConfirmationProof, by: Client = manager) => {
      const answer = await confirm(number, body, by);
      return answer.ok ? answer.body.state : (answer.problem.triesLeft ?? answer.problem.code);
    },
    /** A request issued in part, and its code. */
    issued: async () => {
      const number = await asks.reach.issued();
      return { number, code: await codeOf(number) };
    },
  };
};
export type ConfirmationDriver = Awaited<ReturnType<typeof confirmationsAt>>;
