import { useEffect, useState } from 'preact/hooks';
import type { StaffId } from '../../shared/kernel/ids.ts';
import type { DemoUser } from '../build/web-host.ts';
import { enrolPhone, terminals } from '../outbox/enrolment.ts';
import { sellerName, stall } from '../stall/catalogue.ts';
import { StaffField } from '../stall/staff-field.tsx';
import { Field, Icon } from './parts.tsx';
import {
  by,
  config,
  drawDemoCode,
  leaveToSignIn,
  loadConfig,
  ownLocation,
  place,
  producer,
  type SignInProblem,
  setPerson,
  signIn,
  signInProblem,
} from './session.ts';
import { language, type TextKey, t } from './texts.ts';

export const SIGN_IN_PROBLEMS = {
  far: 'signInFar',
  refused: 'signInRefused',
  other: 'signInOther',
  roleless: 'signInRoleless',
} as const satisfies Record<SignInProblem, TextKey>;

export const SignIn = ({ onSignedIn }: { onSignedIn: () => void }) => (
  <main id="main" class="welcome">
    <div class="cover">
      <img src="/icon.svg" alt="" width="72" height="72" />
      <p class="brand">{t('appName')}</p>
    </div>
    {config.value?.signIn === 'hosted' ? <HostedSignIn /> : <PracticeSignIn onSignedIn={onSignedIn} />}
  </main>
);

const HostedSignIn = () => (
  <>
    <h1>{t('signIn')}</h1>
    {signInProblem.value && (
      <p class="notice" role="alert">
        {t(SIGN_IN_PROBLEMS[signInProblem.value])}
      </p>
    )}
    <p>{t('signInHosted')}</p>
    <button type="button" class="primary" onClick={() => void leaveToSignIn()}>
      {t('signIn')}
    </button>
  </>
);

/** The users of the practice book, each with a role. */
const PracticeSignIn = ({ onSignedIn }: { onSignedIn: () => void }) => {
  const [isFar, setFar] = useState(false);
  const users = config.value?.signIn === 'practice' ? config.value.users : undefined;
  const load = () => {
    setFar(false);
    loadConfig().then(() => setFar(config.value === undefined));
  };
  useEffect(() => {
    if (!users) load();
  }, []);
  const choose = async (who: DemoUser) => {
    await setPerson(who.by as StaffId);
    if (!(await signIn({ ...who, sub: `local-${who.by}` }))) return setFar(true);
    onSignedIn();
  };
  return (
    <>
      <h1>{t('signInWho')}</h1>
      <p class="quiet">{t('signInDemo')}</p>
      {isFar && (
        <p class="notice" role="alert">
          {t('signInFar')}{' '}
          <button type="button" class="link" onClick={load}>
            {t('tryAgain')}
          </button>
        </p>
      )}
      <ul class="rows">
        {users?.map((who) => (
          <li key={who.by}>
            <button type="button" class="row" onClick={() => choose(who)}>
              <span class="row-main">
                <b>{language.value === 'hi' ? who.nameHi : who.name}</b>
                <span class="quiet">
                  {t(`role_${who.role}` as TextKey)} · {who.at[language.value]}
                </span>
              </span>
              <Icon name="next" />
            </button>
          </li>
        ))}
      </ul>
      <p class="quiet">
        <a href="/docs">{t('apiDocs')}</a>
      </p>
    </>
  );
};

/** Sellers of this stall that this phone cannot bill for yet. */
export const missingSellers = (): readonly string[] => {
  const own = terminals.value.filter(({ location }) => location === place.value);
  return (stall.value?.sellers ?? []).filter((seller) => !own.some((terminal) => terminal.seller === seller));
};

type EnrolProps = { readonly seller?: string | undefined; readonly onEnrolled: () => void };

/** One code per seller. */
export const Enrol = ({ seller = missingSellers()[0] ?? '', onEnrolled }: EnrolProps) => {
  const [code, setCode] = useState('');
  const [person, setStaff] = useState<string>(by.value ?? '');
  const [problem, setProblem] = useState('');
  const [isBusy, setBusy] = useState(false);
  const location = ownLocation.value;
  if (!location) return null;
  const submit = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    const failed = await enrolPhone(location, code).catch(() => ({ detail: t('signInFar') }));
    setBusy(false);
    if (failed) return setProblem(failed.detail);
    await setPerson((producer.value ?? person.trim().toUpperCase()) as StaffId);
    setCode('');
    onEnrolled();
  };
  const practise = async () => {
    const drawn = await drawDemoCode(location, seller);
    if (drawn === undefined) setProblem(t('signInFar'));
    else setCode(drawn);
  };
  const isReady = code.trim() !== '' && (producer.value !== undefined || person.trim() !== '');
  return (
    <section class="welcome">
      <h1>{t('enrolTitle')}</h1>
      <p>{producer.value ? t('enrolArtisan') : t('enrolWhy', sellerName(seller))}</p>
      <form onSubmit={submit}>
        <Field label={t('enrolCode')} value={code} onChange={setCode} autocapitalize="characters" autocomplete="off" />
        {!producer.value && (
          <StaffField
            label={t('enrolName')}
            numberLabel={t('enrolStaff')}
            value={person}
            onChange={(chosen) => setStaff(chosen)}
          />
        )}
        {problem && (
          <p class="notice" role="alert">
            {problem}
          </p>
        )}
        <button type="submit" class="primary" disabled={isBusy || !isReady}>
          {t('enrolDo')}
        </button>
        {config.value?.signIn !== 'hosted' && (
          <button type="button" class="secondary" disabled={seller === ''} onClick={practise}>
            {t('enrolDemo')}
          </button>
        )}
      </form>
    </section>
  );
};
