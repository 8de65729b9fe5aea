import { useState } from 'preact/hooks';
import { isStorageLow } from '../outbox/database.ts';
import { terminals } from '../outbox/enrolment.ts';
import { unsent } from '../outbox/outbox.ts';
import { link, sendAll } from '../outbox/send.ts';
import { stall } from '../stall/catalogue.ts';
import { STALL_SCREENS } from '../stall/stall-screens.tsx';
import { Loaded, TabBar } from './parts.tsx';
import { addressOf, route, type Screen, TABS, tabOf } from './route.ts';
import { place, signInAgain, signInProblem, user } from './session.ts';
import { Enrol, missingSellers, SIGN_IN_PROBLEMS, SignIn } from './sign-in.tsx';
import { language, t } from './texts.ts';
import { UpdateBanner } from './update.tsx';

/** The frame of every screen: the user, the state of the outbox, and the menu. */
export const Shell = () => {
  const [, redraw] = useState(0);
  const refresh = () => redraw((count) => count + 1);
  return (
    <>
      <a class="skip" href="#main">
        {t('skip')}
      </a>
      <Header />
      <Body onChange={refresh} />
    </>
  );
};

const Body = ({ onChange }: { onChange: () => void }) => {
  if (!user.value) return <SignIn onSignedIn={onChange} />;
  switch (user.value.role) {
    case 'outlet':
      return <Stall onChange={onChange} />;
    case 'depot':
      return <Loaded key="depot" load={() => import('../depot/depot-app.tsx').then((one) => one.DepotApp)} />;
    case 'producer':
      return <Loaded key="artisan" load={() => import('../artisan/artisan-app.tsx').then((one) => one.ArtisanApp)} />;
    default:
      return <Loaded key="office" load={() => import('../officer/officer-app.tsx').then((one) => one.OfficerApp)} />;
  }
};

/** After a hand-over: its codes, and what was billed before it. */
const READ_WITHOUT_TERMINAL: readonly Screen[] = ['day', 'voucher', 'invoice', 'unsent'];

const Stall = ({ onChange }: { onChange: () => void }) => {
  const own = terminals.value.filter(({ location }) => location === place.value);
  const isReading = READ_WITHOUT_TERMINAL.includes(route.value.screen);
  if (
    (own.length === 0 && !isReading) ||
    (missingSellers().length > 0 && route.value.screen === 'more' && route.value.id === 'enrol')
  )
    return (
      <main id="main">
        <Enrol onEnrolled={onChange} />
      </main>
    );
  return (
    <>
      <main id="main">
        <StallScreen />
      </main>
      <Tabs />
    </>
  );
};

const StallScreen = () => {
  const { screen, id } = route.value;
  const Opened = STALL_SCREENS[screen];
  return <Opened key={`${screen} ${id}`} id={id} />;
};

const Header = () => (
  <header class="top">
    <div class="top-row">
      <span class="top-name">
        <span class="brand">{t('appName')}</span>
        <span class="top-place">{place.value ? (stall.value?.name ?? place.value) : ''}</span>
      </span>
      {place.value && <LinkState />}
      <button
        type="button"
        class="top-button"
        lang={language.value === 'hi' ? 'en' : 'hi'}
        aria-label={t('languageLabel')}
        onClick={() => {
          language.value = language.value === 'hi' ? 'en' : 'hi';
        }}
      >
        {t('language')}
      </button>
    </div>
    {link.value === 'signed out' && unsent.value.length > 0 && (
      <p class="banner">
        <button type="button" onClick={() => void signInAgain().then((done) => (done ? sendAll() : undefined))}>
          {t('signInAgain')}
        </button>
      </p>
    )}
    {user.value && signInProblem.value && (
      <p class="banner" role="alert">
        {t(SIGN_IN_PROBLEMS[signInProblem.value])}
      </p>
    )}
    {isStorageLow.value && (
      <p class="banner" role="status">
        {t('storageLow')}
      </p>
    )}
    <UpdateBanner />
  </header>
);

/** Always in sight: a person who leaves the stall knows whether the day is safe. */
const LinkState = () => {
  const count = unsent.value.length;
  const isStuck = unsent.value.some(({ state }) => state === 'refused');
  const text = count === 0 ? t('linkAllSent') : link.value === 'sending' ? t('linkSending') : t('linkUnsent', count);
  return (
    <span role="status">
      <a class={`link-state ${count === 0 ? 'good' : isStuck ? 'bad' : 'waiting'}`} href={addressOf('unsent')}>
        <span class="dot" aria-hidden="true" />
        {text}
      </a>
    </span>
  );
};

const Tabs = () => (
  <TabBar
    tabs={TABS.map((tab) => ({
      href: addressOf(tab),
      text: t(tab),
      icon: tab,
      isCurrent: tabOf(route.value.screen) === tab,
    }))}
  />
);
