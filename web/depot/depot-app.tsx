import { useState } from 'preact/hooks';
import type { ProducerId } from '../../shared/kernel/ids.ts';
import { Icon, Page, SignOut, TabBar } from '../app/parts.tsx';
import { place, signOut } from '../app/session.ts';
import { Enrol, missingSellers } from '../app/sign-in.tsx';
import { t } from '../app/texts.ts';
import { PassbookPage } from '../materials/passbook.tsx';
import { terminals } from '../outbox/enrolment.ts';
import { Count } from '../stall/count.tsx';
import { DayBook, Unsent } from '../stall/day-book.tsx';
import { WhoSells } from '../stall/menus.tsx';
import { Receive } from '../stall/receive.tsx';
import { VoucherScreen } from '../stall/voucher-screen.tsx';
import { Artisan, AskAtCounter } from './artisan.tsx';
import { Queue } from './queue-screen.tsx';
import { ReceiveLot } from './receive-lot.tsx';
import { RequestScreen } from './request-screen.tsx';
import { DEPOT_TABS, type DepotScreen, depotAddress, depotRoute, depotTabOf } from './route.ts';
import { Sharing } from './sharing.tsx';
import { Shelf } from './shelf.tsx';
import { td } from './texts.ts';

const ICONS = { queue: 'day', shelf: 'goods', sharing: 'share', more: 'more' } as const;

export const DepotApp = () => {
  const [, redraw] = useState(0);
  const { screen, id } = depotRoute.value;
  const isEnrolled = terminals.value.some(({ location }) => location === place.value);
  if (!isEnrolled || (screen === 'more' && id === 'enrol' && missingSellers().length > 0))
    return (
      <main id="main">
        <Enrol onEnrolled={() => redraw((count) => count + 1)} />
      </main>
    );
  return (
    <>
      <main id="main">
        <DepotScreenOf />
      </main>
      <TabBar
        tabs={DEPOT_TABS.map((tab) => ({
          href: depotAddress(tab),
          text: tab === 'more' ? t('more') : td(tab),
          icon: ICONS[tab],
          isCurrent: depotTabOf(screen) === tab,
        }))}
      />
    </>
  );
};

const DepotScreenOf = () => {
  const { screen, id } = depotRoute.value;
  switch (screen) {
    case 'queue':
      return <Queue />;
    case 'request':
      return <RequestScreen key={id} id={id} />;
    case 'artisan':
      return <Artisan key={id} producer={id as ProducerId} />;
    case 'ask':
      return <AskAtCounter key={id} producer={id as ProducerId} />;
    case 'passbook':
      return <PassbookPage key={id} producer={id as ProducerId} back={depotAddress('artisan', id)} />;
    case 'shelf':
      return <Shelf />;
    case 'receive':
      return <ReceiveLot />;
    case 'incoming':
      return <Receive />;
    case 'count':
      return <Count />;
    case 'sharing':
      return <Sharing key={id} id={id} />;
    case 'day':
      return <DayBook />;
    case 'voucher':
      return <VoucherScreen key={id} id={id} />;
    case 'unsent':
      return <Unsent />;
    case 'more':
      return <More />;
  }
};

const MENU = [
  ['day', 'day'],
  ['unsentTitle', 'unsent'],
] as const satisfies readonly (readonly [Parameters<typeof t>[0], DepotScreen])[];

const More = () => (
  <Page title={t('more')}>
    <WhoSells />
    <ul class="rows">
      {MENU.map(([text, screen]) => (
        <li key={screen}>
          <a class="row" href={depotAddress(screen)}>
            <span class="row-main">
              <b>{t(text)}</b>
            </span>
            <Icon name="next" />
          </a>
        </li>
      ))}
    </ul>
    <p class="quiet">{td('worksOffline')}</p>
    <SignOut onSignOut={signOut} />
  </Page>
);
