import { useEffect, useState } from 'preact/hooks';
import type { VoucherNumber } from '../../shared/kernel/voucher-number.ts';
import { rupees } from '../app/format.ts';
import { sellers } from './catalogue.ts';

type UpiQrProps = { readonly seller: string; readonly number: VoucherNumber; readonly amount: number };

/** The seller's own QR with amount and bill number, where the registry has the UPI address. */
export const UpiQr = ({ seller, number, amount }: UpiQrProps) => {
  const [picture, setPicture] = useState('');
  const entry = sellers.value[seller];
  useEffect(() => {
    if (!entry?.vpa) return;
    const { name, vpa, merchantCategory } = entry;
    const payee = { name, vpa, merchantCategory };
    import('../../shared/billing/upi-link.ts').then(({ qrSvgOf, upiLinkOf }) =>
      setPicture(qrSvgOf(upiLinkOf({ payee, number, amount: amount as never, mode: 'qr' }))),
    );
  }, [entry?.vpa, number, amount]);
  if (picture === '' || !entry?.vpa) return null;
  return (
    <figure class="upi">
      <img class="qr" alt={`UPI ${rupees(amount)}`} src={`data:image/svg+xml,${encodeURIComponent(picture)}`} />
      <figcaption>
        <b>{rupees(amount)}</b> {entry.name} <span class="quiet">{entry.vpa}</span>
      </figcaption>
    </figure>
  );
};
