declare module '*.woff2' {
  const url: string;
  export default url;
}

/** The three packages of a printer's connection have no types of their own. */
type PrinterDevice = { readonly name?: string; readonly language: string | null };

declare class ReceiptPrinterConnection {
  connect(): Promise<void>;
  disconnect(): Promise<void>;
  print(commands: Uint8Array): Promise<void>;
  addEventListener(event: 'connected', listener: (device: PrinterDevice) => void): void;
  addEventListener(event: 'disconnected', listener: () => void): void;
}

declare module '@point-of-sale/webbluetooth-receipt-printer' {
  export default class extends ReceiptPrinterConnection {}
}
declare module '@point-of-sale/webusb-receipt-printer' {
  export default class extends ReceiptPrinterConnection {}
}
declare module '@point-of-sale/webserial-receipt-printer' {
  export default class extends ReceiptPrinterConnection {}
}
