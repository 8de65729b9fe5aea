import { parse } from 'csv-parse/sync';

type Row = Record<string, string>;
export const rowsIn = (csv: string): Row[] => parse(csv, { columns: true });

/** A seller at a location: one terminal, one shelf. */
export type SellerAtLocation = { readonly location: string; readonly seller: string };

/**
 * Outlets at the stations, as an import file with railway lines, and their sellers. A district's
 * second seller shares every third outlet, with its own terminal.
 */
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
