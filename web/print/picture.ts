import devanagari from '@fontsource/noto-sans-devanagari/files/noto-sans-devanagari-devanagari-600-normal.woff2';
import latin from '@fontsource/noto-sans-devanagari/files/noto-sans-devanagari-latin-600-normal.woff2';
import type { PrintedDocument } from '../../shared/billing/printed-document.ts';
import { layoutReceipt, RECEIPT_DOTS, type ReceiptMark } from '../../shared/billing/receipt-layout.ts';

const FAMILY = 'Bahi Receipt';
/** One weight: thin strokes vanish on thermal paper. If it fails to load, a font of the phone. */
const fontOf = (size: number): string => `600 ${size}px "${FAMILY}", "Noto Sans Devanagari", sans-serif`;

/** Ranges of the two files, so that ₹ and digits come from one of them. */
const FACES = [
  { url: devanagari, unicodeRange: 'U+0900-097F, U+1CD0-1CF9, U+200C-200D, U+20A8, U+20B9, U+25CC, U+A8E0-A8FF' },
  { url: latin, unicodeRange: 'U+0000-00FF, U+2013-2014, U+2018-201D, U+2022, U+2026, U+2212' },
];

let fonts: Promise<unknown> | undefined;

/** 64 KB, fetched once. Without them, the phone's own fonts print. */
const loadFonts = (): Promise<unknown> => {
  fonts ??= Promise.allSettled(
    FACES.map(async ({ url, unicodeRange }) => {
      const face = new FontFace(FAMILY, `url(${url})`, { weight: '600', unicodeRange });
      document.fonts.add(await face.load());
    }),
  );
  return fonts;
};

/** Grey edges of letters become black below this, of 255. */
const BLACK_BELOW = 150;

/**
 * A bill as a picture of black and white dots, 384 wide. No code page of a printer has Devanagari
 * or ₹. `shift`: see `layoutReceipt`.
 */
export const drawReceipt = async (printed: PrintedDocument, shift = 0): Promise<HTMLCanvasElement> => {
  await loadFonts();
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('This browser draws no pictures.');
  const measure = (text: string, size: number): number => {
    context.font = fontOf(size);
    return context.measureText(text).width;
  };
  const { height, marks } = layoutReceipt(printed, measure, shift);
  canvas.width = RECEIPT_DOTS;
  canvas.height = height;
  context.fillStyle = '#fff';
  context.fillRect(0, 0, RECEIPT_DOTS, height);
  context.fillStyle = '#000';
  for (const mark of marks) drawMark(context, mark);
  const dots = context.getImageData(0, 0, RECEIPT_DOTS, height);
  for (let at = 0; at < dots.data.length; at += 4)
    dots.data.fill((dots.data[at] ?? 255) < BLACK_BELOW ? 0 : 255, at, at + 3);
  context.putImageData(dots, 0, 0);
  return canvas;
};

const drawMark = (context: CanvasRenderingContext2D, mark: ReceiptMark): void => {
  if (mark.kind === 'text') {
    context.font = fontOf(mark.size);
    context.fillText(mark.text, mark.x, mark.y);
  } else if (mark.kind === 'rule') context.fillRect(0, mark.y, RECEIPT_DOTS, mark.height);
  else
    for (const [row, modules] of mark.modules.entries())
      for (const [column, black] of modules.entries())
        if (black) context.fillRect(mark.x + column * mark.scale, mark.y + row * mark.scale, mark.scale, mark.scale);
};
