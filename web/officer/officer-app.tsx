import { useEffect } from 'preact/hooks';
import { Page, SignOut, TabBar } from '../app/parts.tsx';
import { by, signOut, user } from '../app/session.ts';
import { type TextKey, t } from '../app/texts.ts';
import { AlertsScreen } from './alerts-screen.tsx';
import { areasOfOfficer, loadDistricts, nameOfArea } from './areas.ts';
import { EntitlementsScreen } from './entitlements.tsx';
import { FestivalsScreen } from './festivals.tsx';
import { HeldScreen, HeldVoucherScreen } from './held-screen.tsx';
import { useLoaded } from './loading.tsx';
import { addOfficeStyle, LinkList } from './office-parts.tsx';
import { DistrictScreen, Overview } from './overview.tsx';
import { PlaceScreen } from './place-screen.tsx';
import { EntryScreen } from './registry-entry.tsx';
import { ImportScreen } from './registry-import.tsx';
import { KindScreen, RegistryScreen } from './registry-list.tsx';
import { ReportScreen, ReportsScreen } from './reports-screen.tsx';
import { OFFICE_TABS, officeAddress, officeRoute, officeTabOf } from './route.ts';
import { to } from './texts.ts';
import { TransfersScreen } from './transfers-screen.tsx';

addOfficeStyle();

const ICONS = { overview: 'map', alerts: 'bell', reports: 'chart', more: 'more' } as const;

export const OfficerApp = () => {
  const { screen, id } = officeRoute.value;
  useEffect(() => {
    document.getElementById('app')?.classList.add('office');
    return () => document.getElementById('app')?.classList.remove('office');
  }, []);
  return (
    <>
      <main id="main">
        <OfficeScreenOf key={`${screen} ${id}`} />
      </main>
      <TabBar
        tabs={OFFICE_TABS.map((tab) => ({
          href: officeAddress(tab),
          text: tab === 'more' ? t('more') : to(tab),
          icon: ICONS[tab],
          isCurrent: officeTabOf(screen) === tab,
        }))}
      />
    </>
  );
};

const OfficeScreenOf = () => {
  const { screen, id } = officeRoute.value;
  switch (screen) {
    case 'overview':
      return <Overview />;
    case 'district':
      return <DistrictScreen id={id} />;
    case 'place':
      return <PlaceScreen id={id} />;
    case 'alerts':
      return <AlertsScreen id={id} />;
    case 'held':
      return <HeldScreen />;
    case 'heldVoucher':
      return <HeldVoucherScreen id={id} />;
    case 'transfers':
      return <TransfersScreen />;
    case 'registry':
      return <RegistryScreen />;
    case 'kind':
      return <KindScreen id={id} />;
    case 'entry':
      return <EntryScreen id={id} />;
    case 'import':
      return <ImportScreen id={id} />;
    case 'entitlements':
      return <EntitlementsScreen id={id} />;
    case 'festivals':
      return <FestivalsScreen />;
    case 'reports':
      return <ReportsScreen />;
    case 'report':
      return <ReportScreen id={id} />;
    case 'more':
      return <More />;
  }
};

const MENU = ['held', 'transfers', 'registry', 'entitlements', 'festivals'] as const;

const More = () => {
  useLoaded(loadDistricts, []);
  return (
    <Page title={t('more')}>
      <p class="quiet">
        {t(
          'signedInAs',
          `${t(`role_${user.value?.role ?? 'officer'}` as TextKey)} ${by.value ?? ''}`,
          areasOfOfficer().map(nameOfArea).join(', '),
        )}
      </p>
      <LinkList links={MENU.map((screen) => ({ href: officeAddress(screen), text: to(screen) }))} />
      <SignOut onSignOut={signOut} />
    </Page>
  );
};
