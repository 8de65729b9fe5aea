import type * as z from 'zod';
import type { ReportPage } from '../reports/report-contract.ts';

/** Generated: one row of each report of the demo book (test/http/examples.test.ts). */
export const EXAMPLE_REPORTS: readonly z.input<typeof ReportPage>[] = [
  {
    report: 'sales-by-day',
    area: 'state',
    from: '2026-11-19',
    to: '2026-11-21',
    rows: [
      {
        day: '2026-11-19',
        sales: 38,
        amount: 4652000,
        refunds: 0,
        refunded: 0,
        net: 4652000,
      },
    ],
    names: {
      districts: [],
      locations: [],
      sellers: [],
      items: [],
    },
    closed: {
      asOf: '2026-11-22T05:00:00.000Z',
      complete: true,
      locations: 8,
      missing: [],
      missingCount: 0,
      toSum: [],
    },
  },
  {
    report: 'sales-by-district',
    area: 'state',
    from: '2026-11-19',
    to: '2026-11-21',
    rows: [
      {
        district: 'KNP',
        sales: 33,
        amount: 2838000,
        refunds: 0,
        refunded: 0,
        net: 2838000,
      },
    ],
    names: {
      districts: [
        {
          id: 'KNP',
          name: 'Kanpur Nagar',
        },
      ],
      locations: [],
      sellers: [],
      items: [],
    },
  },
  {
    report: 'sales-by-item',
    area: 'state',
    from: '2026-11-19',
    to: '2026-11-21',
    rows: [
      {
        item: 'KNP-BAG-LG',
        sold: 1,
        amount: 139000,
        returned: 0,
      },
    ],
    names: {
      districts: [],
      locations: [],
      sellers: [],
      items: [
        {
          id: 'KNP-BAG-LG',
          name: 'Leather Sling Bag large',
          nameHi: 'चमड़े का झोला बड़ा साइज़',
          unit: 'piece',
        },
      ],
    },
  },
  {
    report: 'sales-by-seller',
    area: 'state',
    from: '2026-11-19',
    to: '2026-11-21',
    rows: [
      {
        seller: 'KNP1',
        sales: 33,
        amount: 2838000,
        refunds: 0,
        refunded: 0,
        net: 2838000,
      },
    ],
    names: {
      districts: [],
      locations: [],
      sellers: [
        {
          id: 'KNP1',
          name: 'Kanpur Chamra Shilp Samiti',
        },
      ],
      items: [],
    },
  },
  {
    report: 'sales-by-outlet',
    area: 'state',
    from: '2026-11-19',
    to: '2026-11-21',
    rows: [
      {
        location: 'BSB-01',
        district: 'VNS',
        sales: 5,
        amount: 603000,
        refunds: 0,
        refunded: 0,
        net: 603000,
      },
    ],
    names: {
      districts: [
        {
          id: 'VNS',
          name: 'Varanasi',
        },
      ],
      locations: [
        {
          id: 'BSB-01',
          name: 'Varanasi Junction, stall 1',
        },
      ],
      sellers: [],
      items: [],
    },
  },
  {
    report: 'sales-by-tender',
    area: 'state',
    from: '2026-11-19',
    to: '2026-11-21',
    rows: [
      {
        tender: 'cash',
        taken: 2240000,
        given: 69000,
        net: 2171000,
      },
    ],
    names: {
      districts: [],
      locations: [],
      sellers: [],
      items: [],
    },
  },
  {
    report: 'tax-by-rate',
    area: 'state',
    from: '2026-11-19',
    to: '2026-11-21',
    rows: [
      {
        seller: 'KNP1',
        gstBasisPoints: 1800,
        taxable: 2405096,
        cgst: 216452,
        sgst: 216452,
        igst: 0,
      },
    ],
    names: {
      districts: [],
      locations: [],
      sellers: [
        {
          id: 'KNP1',
          name: 'Kanpur Chamra Shilp Samiti',
        },
      ],
      items: [],
    },
  },
  {
    report: 'sales-by-hsn',
    area: 'state',
    from: '2026-11-19',
    to: '2026-11-21',
    rows: [
      {
        seller: 'KNP1',
        hsn: '4202',
        gstBasisPoints: 1800,
        uqc: 'PCS',
        quantity: 33,
        taxable: 1706788,
        cgst: 153606,
        sgst: 153606,
        igst: 0,
      },
    ],
    names: {
      districts: [],
      locations: [],
      sellers: [
        {
          id: 'KNP1',
          name: 'Kanpur Chamra Shilp Samiti',
        },
      ],
      items: [],
    },
  },
  {
    report: 'stock-value',
    area: 'state',
    from: '2026-11-19',
    to: '2026-11-21',
    rows: [
      {
        location: 'BSB-01',
        district: 'VNS',
        item: 'VNS-MEENA-PCK',
        day: '2026-11-21',
        onHand: 9,
        value: 0,
      },
    ],
    names: {
      districts: [
        {
          id: 'VNS',
          name: 'Varanasi',
        },
      ],
      locations: [
        {
          id: 'BSB-01',
          name: 'Varanasi Junction, stall 1',
        },
      ],
      sellers: [],
      items: [
        {
          id: 'VNS-MEENA-PCK',
          name: 'Gulabi Meenakari Pendant Peacock design',
          nameHi: 'गुलाबी मीनाकारी लॉकेट मोर डिज़ाइन',
          unit: 'piece',
        },
      ],
    },
  },
  {
    report: 'materials-issued',
    area: 'state',
    from: '2026-11-19',
    to: '2026-11-21',
    rows: [
      {
        location: 'PBE-D1',
        district: 'PBT',
        item: 'PBT-CORK',
        issued: 100,
      },
    ],
    names: {
      districts: [
        {
          id: 'PBT',
          name: 'Pilibhit',
        },
      ],
      locations: [
        {
          id: 'PBE-D1',
          name: 'Pilibhit Flute Bamboo Depot',
        },
      ],
      sellers: [],
      items: [
        {
          id: 'PBT-CORK',
          name: 'Flute Cork Stopper',
          nameHi: 'बांसुरी का कॉर्क',
          unit: 'piece',
        },
      ],
    },
  },
  {
    report: 'dead-stock',
    area: 'state',
    from: '2026-11-20',
    to: '2026-11-21',
    rows: [
      {
        location: 'BSB-01',
        district: 'VNS',
        item: 'VNS-MEENA-PCK',
        onHand: 9,
        value: 0,
        days: 2,
      },
    ],
    names: {
      districts: [
        {
          id: 'VNS',
          name: 'Varanasi',
        },
      ],
      locations: [
        {
          id: 'BSB-01',
          name: 'Varanasi Junction, stall 1',
        },
      ],
      sellers: [],
      items: [
        {
          id: 'VNS-MEENA-PCK',
          name: 'Gulabi Meenakari Pendant Peacock design',
          nameHi: 'गुलाबी मीनाकारी लॉकेट मोर डिज़ाइन',
          unit: 'piece',
        },
      ],
    },
  },
  {
    report: 'stock-outs',
    area: 'state',
    from: '2026-11-19',
    to: '2026-11-21',
    rows: [
      {
        location: 'CNB-02',
        district: 'KNP',
        item: 'KNP-BAG-SM',
        from: '2026-11-21',
        to: '2026-11-21',
        days: 0.5,
        over: false,
      },
    ],
    names: {
      districts: [
        {
          id: 'KNP',
          name: 'Kanpur Nagar',
        },
      ],
      locations: [
        {
          id: 'CNB-02',
          name: 'Kanpur Central, stall 2',
        },
      ],
      sellers: [],
      items: [
        {
          id: 'KNP-BAG-SM',
          name: 'Leather Sling Bag small',
          nameHi: 'चमड़े का झोला छोटा साइज़',
          unit: 'piece',
        },
      ],
    },
  },
  {
    report: 'discrepancies',
    area: 'state',
    from: '2026-11-19',
    to: '2026-11-21',
    rows: [
      {
        location: 'CNB-01',
        district: 'KNP',
        day: '2026-11-20',
        item: 'KNP-BAG-SM',
        variance: -1,
        varianceValue: 0,
        writtenOff: 0,
        writtenOffValue: 0,
      },
    ],
    names: {
      districts: [
        {
          id: 'KNP',
          name: 'Kanpur Nagar',
        },
      ],
      locations: [
        {
          id: 'CNB-01',
          name: 'Kanpur Central, stall 1',
        },
      ],
      sellers: [],
      items: [
        {
          id: 'KNP-BAG-SM',
          name: 'Leather Sling Bag small',
          nameHi: 'चमड़े का झोला छोटा साइज़',
          unit: 'piece',
        },
      ],
    },
  },
  {
    report: 'silent-outlets',
    area: 'state',
    from: '2026-11-19',
    to: '2026-11-21',
    rows: [
      {
        location: 'BSB-01',
        district: 'VNS',
        lastDay: '2026-11-19',
        silentDays: 2,
        closedTo: '2026-11-21',
        missing: 0,
        missingNumbers: [],
      },
    ],
    names: {
      districts: [
        {
          id: 'VNS',
          name: 'Varanasi',
        },
      ],
      locations: [
        {
          id: 'BSB-01',
          name: 'Varanasi Junction, stall 1',
        },
      ],
      sellers: [],
      items: [],
    },
  },
  {
    report: 'transit-overdue',
    area: 'LKO',
    from: '2026-11-01',
    to: '2026-11-21',
    names: {
      districts: [
        {
          id: 'LKO',
          name: 'Lucknow',
        },
      ],
      locations: [
        {
          id: 'LKO-01',
          name: 'Lucknow stall 1',
        },
      ],
      sellers: [],
      items: [],
    },
    rows: [
      {
        location: 'LKO-01',
        district: 'LKO',
        dispatch: '7KQ2MD2611100001',
        from: 'CNB-02',
        seller: 'LKO1',
        sentAt: '2026-11-10T06:00:00.000Z',
        days: 12,
        quantity: 3,
        value: 180000,
      },
    ],
  },
  {
    report: 'goods-in-hand',
    area: 'state',
    from: '2026-11-19',
    to: '2026-11-21',
    rows: [
      {
        location: 'CNB-02',
        district: 'KNP',
        inHand: 1,
        sales: 17,
        inAThousand: 59,
      },
    ],
    names: {
      districts: [
        {
          id: 'KNP',
          name: 'Kanpur Nagar',
        },
      ],
      locations: [
        {
          id: 'CNB-02',
          name: 'Kanpur Central, stall 2',
        },
      ],
      sellers: [],
      items: [],
    },
  },
  {
    report: 'confirmations',
    area: 'state',
    from: '2026-11-19',
    to: '2026-11-21',
    rows: [
      {
        location: 'PBE-D1',
        district: 'PBT',
        month: '2026-11',
        confirmed: 3,
        byCode: 2,
        byCard: 0,
        bySignature: 1,
        byIssuer: 0,
        share: 0,
        limit: 20,
      },
    ],
    names: {
      districts: [
        {
          id: 'PBT',
          name: 'Pilibhit',
        },
      ],
      locations: [
        {
          id: 'PBE-D1',
          name: 'Pilibhit Flute Bamboo Depot',
        },
      ],
      sellers: [],
      items: [],
    },
  },
  {
    report: 'signed-receipts',
    area: 'state',
    from: '2026-11-19',
    to: '2026-11-21',
    rows: [
      {
        location: 'PBE-D1',
        district: 'PBT',
        issuedBy: 'S026',
        issues: 3,
        confirmed: 3,
        bySignature: 1,
        byIssuer: 0,
        signedShare: 33.3,
      },
    ],
    names: {
      districts: [
        {
          id: 'PBT',
          name: 'Pilibhit',
        },
      ],
      locations: [
        {
          id: 'PBE-D1',
          name: 'Pilibhit Flute Bamboo Depot',
        },
      ],
      sellers: [],
      items: [],
    },
  },
  {
    report: 'price-changes',
    area: 'state',
    from: '2026-11-19',
    to: '2026-11-21',
    rows: [
      {
        item: 'LKO-KURTA-XL',
        seller: 'LKO1',
        district: 'LKO',
        at: '2026-11-21T03:30:00.000Z',
        by: 'demo-officer',
        from: '2026-11-22',
        priceBefore: 85000,
        price: 87000,
        mrpBefore: 94000,
        mrp: 96000,
        rateBefore: 500,
        rate: 500,
      },
    ],
    names: {
      districts: [
        {
          id: 'LKO',
          name: 'Lucknow',
        },
      ],
      locations: [],
      sellers: [
        {
          id: 'LKO1',
          name: 'Lucknow Chikan Karigar Samiti',
        },
      ],
      items: [
        {
          id: 'LKO-KURTA-XL',
          name: 'Chikan Kurta size XL',
          nameHi: 'चिकन कुर्ता साइज़ XL',
          unit: 'piece',
        },
      ],
    },
  },
];
