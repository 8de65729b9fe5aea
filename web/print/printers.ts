import ReceiptPrinterEncoder from '@point-of-sale/receipt-printer-encoder';

/** How a phone or computer reaches a printer. Each is missing in some browsers. */
const CONNECTIONS = {
  bluetooth: () => import('@point-of-sale/webbluetooth-receipt-printer'),
  usb: () => import('@point-of-sale/webusb-receipt-printer'),
  serial: () => import('@point-of-sale/webserial-receipt-printer'),
} as const;
export type ConnectionKind = keyof typeof CONNECTIONS;

/** The connections that this browser offers. */
export const availableConnections = (): ConnectionKind[] =>
  (Object.keys(CONNECTIONS) as ConnectionKind[]).filter((kind) => kind in navigator);

type PrinterLanguage = 'esc-pos' | 'star-prnt' | 'star-line';
const isPrinterLanguage = (language: string): language is PrinterLanguage =>
  ['esc-pos', 'star-prnt', 'star-line'].includes(language);

/** Rows of 24 dots that push the bill past the tear-off edge. */
const LINES_AFTER = 4;

/** A picture of dots as commands of a printer: never as text, which would print `?` for Hindi. */
const encodeReceipt = (picture: HTMLCanvasElement, language: PrinterLanguage = 'esc-pos'): Uint8Array =>
  new ReceiptPrinterEncoder({ language, columns: 32, imageMode: 'raster' })
    .initialize()
    .image(picture, { width: picture.width, height: picture.height, algorithm: 'threshold', threshold: 128 })
    .newline(LINES_AFTER)
    .encode();

type OpenPrinter = { readonly language: PrinterLanguage; print(commands: Uint8Array): Promise<void> };

/** Stays open for the next bill, since each choice of a printer takes taps. */
const open = new Map<ConnectionKind, OpenPrinter>();

const openPrinter = async (kind: ConnectionKind): Promise<OpenPrinter | undefined> => {
  const { default: Connection } = await CONNECTIONS[kind]();
  const connection = new Connection();
  let language = '';
  connection.addEventListener('connected', (device) => {
    language = device.language || 'esc-pos';
  });
  connection.addEventListener('disconnected', () => open.delete(kind));
  await connection.connect();
  // The packages report a connection by a timer of 0 ms.
  await new Promise((reported) => setTimeout(reported));
  return isPrinterLanguage(language) ? { language, print: (commands) => connection.print(commands) } : undefined;
};

/**
 * Prints on the printer that the person chose last, or asks for one. `false`: none was chosen, or
 * it takes no pictures. Must run in a tap.
 */
export const printReceipt = async (kind: ConnectionKind, picture: HTMLCanvasElement): Promise<boolean> => {
  const printer = open.get(kind) ?? (await openPrinter(kind));
  if (!printer) return false;
  open.set(kind, printer);
  await printer.print(encodeReceipt(picture, printer.language));
  return true;
};
