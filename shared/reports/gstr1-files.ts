import type { Gstr1Upload } from './gstr1-upload.ts';

/** Characters of JSON. The portal's tool splits at about 3.9 MB; a reply of Lambda holds 6 MB. */
const MAX_FILE_LENGTH = 3_500_000;

type Listed =
  | {
      readonly section: 'b2b';
      readonly key: string;
      readonly one: NonNullable<Gstr1Upload['b2b']>[number]['inv'][number];
    }
  | {
      readonly section: 'b2cl';
      readonly key: string;
      readonly one: NonNullable<Gstr1Upload['b2cl']>[number]['inv'][number];
    }
  | {
      readonly section: 'cdnr';
      readonly key: string;
      readonly one: NonNullable<Gstr1Upload['cdnr']>[number]['nt'][number];
    }
  | { readonly section: 'cdnur'; readonly key: string; readonly one: NonNullable<Gstr1Upload['cdnur']>[number] };

/**
 * Complete files whose documents add up to the whole. The sums of tables 7, 8, 12 and 13 are in the
 * first.
 */
export const splitUpload = (upload: Gstr1Upload, maxLength = MAX_FILE_LENGTH): Gstr1Upload[] => {
  const { b2b, b2cl, cdnr, cdnur, ...sums } = upload;
  const { gstin, fp, version, hash } = upload;
  const listed: Listed[] = [
    ...(b2b ?? []).flatMap(({ ctin, inv }) => inv.map((one) => ({ section: 'b2b' as const, key: ctin, one }))),
    ...(b2cl ?? []).flatMap(({ pos, inv }) => inv.map((one) => ({ section: 'b2cl' as const, key: pos, one }))),
    ...(cdnr ?? []).flatMap(({ ctin, nt }) => nt.map((one) => ({ section: 'cdnr' as const, key: ctin, one }))),
    ...(cdnur ?? []).map((one) => ({ section: 'cdnur' as const, key: '', one })),
  ];
  const groups: Listed[][] = [[]];
  let length = JSON.stringify(sums).length;
  for (const entry of listed) {
    const added = JSON.stringify(entry.one).length + entry.key.length + 20;
    if (length + added > maxLength) {
      groups.push([]);
      length = 0;
    }
    groups.at(-1)?.push(entry);
    length += added;
  }
  return groups.map((group, at) => inOrder(at === 0 ? sums : { gstin, fp, version, hash }, group));
};

const ofSection = <Section extends Listed['section']>(group: readonly Listed[], section: Section) => {
  const own = group.filter((entry): entry is Extract<Listed, { section: Section }> => entry.section === section);
  return [...Map.groupBy(own, ({ key }) => key)];
};

const inOrder = (sums: Gstr1Upload, group: readonly Listed[]): Gstr1Upload => {
  const { gstin, fp, version, hash, b2cs, nil, doc_issue, hsn } = sums;
  const b2b = ofSection(group, 'b2b').map(([ctin, same]) => ({ ctin, inv: same.map(({ one }) => one) }));
  const b2cl = ofSection(group, 'b2cl').map(([pos, same]) => ({
    pos: pos as NonNullable<Gstr1Upload['b2cl']>[number]['pos'],
    inv: same.map(({ one }) => one),
  }));
  const cdnr = ofSection(group, 'cdnr').map(([ctin, same]) => ({ ctin, nt: same.map(({ one }) => one) }));
  const cdnur = ofSection(group, 'cdnur').flatMap(([, same]) => same.map(({ one }) => one));
  return {
    gstin,
    fp,
    version,
    hash,
    ...(b2b.length > 0 && { b2b }),
    ...(b2cl.length > 0 && { b2cl }),
    ...(b2cs && { b2cs }),
    ...(nil && { nil }),
    ...(cdnr.length > 0 && { cdnr }),
    ...(cdnur.length > 0 && { cdnur }),
    ...(doc_issue && { doc_issue }),
    ...(hsn && { hsn }),
  };
};
