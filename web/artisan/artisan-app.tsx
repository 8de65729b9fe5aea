import type { ProducerId } from '../../shared/kernel/ids.ts';
import type { VoucherNumber } from '../../shared/kernel/voucher-number.ts';
import { Page, SignOut, TabBar } from '../app/parts.tsx';
import { producer, signOut } from '../app/session.ts';
import { t } from '../app/texts.ts';
import { PassbookPage } from '../materials/passbook.tsx';
import { tm } from '../materials/texts.ts';
import { NewRequest } from './new-request.tsx';
import { OwnGoods } from './own-goods.tsx';
import { OwnRequestScreen, OwnRequests } from './own-requests.tsx';
import { ARTISAN_TABS, artisanAddress, artisanRoute, artisanTabOf } from './route.ts';
import { ta } from './texts.ts';

const TABS = {
  requests: { icon: 'day', text: () => ta('requests') },
  passbook: { icon: 'card', text: () => tm('passbook') },
  goods: { icon: 'goods', text: () => ta('goods') },
  more: { icon: 'more', text: () => t('more') },
} as const;

export const ArtisanApp = () => {
  if (!producer.value) return null;
  const current = artisanTabOf(artisanRoute.value.screen);
  return (
    <>
      <main id="main">
        <ArtisanScreen producer={producer.value} />
      </main>
      <TabBar
        tabs={ARTISAN_TABS.map((tab) => ({
          href: artisanAddress(tab),
          text: TABS[tab].text(),
          icon: TABS[tab].icon,
          isCurrent: current === tab,
        }))}
      />
    </>
  );
};

const ArtisanScreen = ({ producer: own }: { producer: ProducerId }) => {
  const { screen, id } = artisanRoute.value;
  switch (screen) {
    case 'requests':
      return <OwnRequests producer={own} />;
    case 'request':
      return <OwnRequestScreen key={id} producer={own} number={id as VoucherNumber} />;
    case 'ask':
      return <NewRequest producer={own} />;
    case 'passbook':
      return <PassbookPage producer={own} />;
    case 'goods':
      return <OwnGoods producer={own} />;
    case 'more':
      return (
        <Page title={t('more')}>
          <p class="quiet">{own}</p>
          <SignOut onSignOut={signOut} />
        </Page>
      );
  }
};
