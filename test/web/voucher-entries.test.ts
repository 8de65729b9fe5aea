import { describe, expect, it } from 'vitest';
import type { ItemId, SellerId, TerminalCode } from '../../shared/kernel/ids.ts';
import { entriesBySeller, isComplete } from '../../web/stall/voucher-entries.ts';

const terminals = [
  { terminal: 'AAAA' as TerminalCode, seller: 'LKO1' as SellerId },
  { terminal: 'BBBB' as TerminalCode, seller: 'LKO2' as SellerId },
];
const sellerOfItem = (item: ItemId) => (item === 'KURTA' ? ('LKO1' as SellerId) : undefined);
const line = (item: string) => ({ item: item as ItemId, quantity: 3 });
const lines = [line('KURTA'), line('NEW')];

describe('Vouchers of lines whose items the phone does not know', () => {
  it('An unknown item goes on the terminal of the document’s seller.', () => {
    const sellerOfDocument = 'LKO2' as SellerId;
    const made = entriesBySeller(lines, { kind: 'R' }, { terminals, sellerOfItem, sellerOfDocument });
    expect(made).toEqual({
      unable: [],
      sellerless: [],
      entries: [
        { terminal: 'AAAA', draft: { kind: 'R', lines: [line('KURTA')] } },
        { terminal: 'BBBB', draft: { kind: 'R', lines: [line('NEW')] } },
      ],
    });
  });

  it('It goes on the only terminal of a phone that has one.', () => {
    const made = entriesBySeller(lines, { kind: 'D' }, { terminals: terminals.slice(0, 1), sellerOfItem });
    expect(made.entries).toEqual([{ terminal: 'AAAA', draft: { kind: 'D', lines } }]);
  });

  it('If nothing says its seller it is named, so that nothing is saved without it.', () => {
    const made = entriesBySeller(lines, { kind: 'C' }, { terminals, sellerOfItem });
    expect(made.sellerless).toEqual(['NEW']);
    expect(isComplete(made)).toBe(false);
  });

  it('A seller without a terminal on this phone is named.', () => {
    const sellerOfDocument = 'LKO9' as SellerId;
    const made = entriesBySeller(lines, { kind: 'R' }, { terminals, sellerOfItem, sellerOfDocument });
    expect(made.unable).toEqual(['LKO9']);
    expect(isComplete(made)).toBe(false);
  });

  it('A voucher has at most 40 lines, and no line is lost.', () => {
    const many = Array.from({ length: 95 }, (_, at) => line(`ITEM-${at}`));
    const { entries } = entriesBySeller(many, { kind: 'C' }, { terminals: terminals.slice(0, 1), sellerOfItem });
    expect(entries.map(({ draft }) => (draft.lines as unknown[]).length)).toEqual([40, 40, 15]);
    expect(entries.flatMap(({ draft }) => draft.lines)).toEqual(many);
  });
});
