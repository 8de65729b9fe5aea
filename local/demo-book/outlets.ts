import { parse } from 'csv-parse/sync';

type Row = Record<string, string>;
export const rowsIn = (csv: string): Row[] => parse(csv, { columns: true });

export type SellerAtLocation = { readonly location: string; readonly seller: string };

/** A district's second seller shares every third outlet. */
export const outletsOf = (
  stations: string,
  sellers: string,
  lines = '',
): { csv: string; trading: SellerAtLocation[] } => {
  const byDistrict = Map.groupBy(rowsIn(sellers), ({ district }) => district ?? '');
  const through = Map.groupBy(
    rowsIn(lines).flatMap(({ line = '', stations: along = '' }) => along.split(';').map((code) => ({ code, line }))),
    ({ code }) => code,
  );
  const outlets = ['id,name,station,district,sellers,lines'];
  const trading: SellerAtLocation[] = [];
  for (const { code, name, district = '', stalls } of rowsIn(stations)) {
    const [first, second] = (byDistrict.get(district) ?? [])
      .map(({ id = '' }) => id)
      .filter((id) => id.startsWith(district));
    for (let stall = 1; stall <= Number(stalls); stall++) {
      const location = `${code}-${String(stall).padStart(2, '0')}`;
      const here = [first, stall % 3 === 1 ? second : undefined].filter((seller) => seller !== undefined);
      const on = (through.get(code ?? '') ?? []).map(({ line }) => line);
      outlets.push(`${location},"${name}, stall ${stall}",${code},${district},${here.join(';')},${on.join(';')}`);
      trading.push(...here.map((seller) => ({ location, seller })));
    }
  }
  return { csv: outlets.join('\n'), trading };
};
