import type { Language } from '../kernel/units.ts';

/** `detail`: smaller, below the text. */
export type PrintedCell = { readonly text: string; readonly detail?: string };

/** The first column holds names, the others figures. */
export type PrintedTable = {
  readonly headings: readonly string[];
  readonly rows: readonly (readonly PrintedCell[])[];
};

export type PrintedSum = {
  readonly name: string;
  readonly amount: string;
  readonly detail?: string;
  readonly isTotal?: true;
};

/** ASCII. `text`: what a person finds there. */
type PrintedLink = { readonly url: string; readonly text: string };

/**
 * A bill or another paper of a seller as texts in one language, ready to show. HTML, PDF and the
 * printer of a stall render this, so they show the same facts.
 */
export type PrintedDocument = {
  readonly language: Language;
  /** A5, if absent. */
  readonly paper?: 'a4';
  readonly title: string;
  readonly number: string;
  /** The whole document is printed once for each, with this mark. */
  readonly copies?: readonly string[];
  readonly issuer: { readonly name: string; readonly lines: readonly string[] };
  /** Words of the law, above everything else. */
  readonly notices: readonly string[];
  readonly facts: readonly { readonly name: string; readonly text: string }[];
  readonly lines: PrintedTable;
  readonly taxes?: PrintedTable;
  /** After the taxes, in a PDF only. */
  readonly tables?: readonly PrintedTable[];
  readonly sums: readonly PrintedSum[];
  readonly words: string;
  readonly remarks: readonly string[];
  readonly warnings: readonly string[];
  /** Below a line to sign on. */
  readonly signature?: string;
  /** Opens a UPI app. */
  readonly payment?: PrintedLink;
  /** The public page of the goods, as a code. */
  readonly link?: PrintedLink;
};
