import { useEffect, useState } from 'preact/hooks';
import type { LocationId, StaffId } from '../../shared/kernel/ids.ts';
import { enrolPhone, terminals } from '../outbox/enrolment.ts';
import { sellerName, stall } from '../stall/catalogue.ts';
import { Field, Icon } from './parts.tsx';
import { by, type DemoUser, demoUsers, drawDemoCode, place, setPerson, signIn } from './session.ts';
import { language, type TextKey, t } from './texts.ts';

/** The users of the practice book, each with a role. */
export const SignIn = ({ onSignedIn }: { onSignedIn: () => void }) => {
  const [users, setUsers] = useState<readonly DemoUser[] | undefined>();
  const [isFar, setFar] = useState(false);
  const load = () => {
    setFar(false);
    demoUsers().then((found) => (found ? setUsers(found) : setFar(true)));
  };
  useEffect(load, []);
  const choose = async (who: DemoUser) => {
    if (who.by) await setPerson(who.by as StaffId);
    if (!(await signIn({ role: who.role, scope: who.scope }))) return setFar(true);
    onSignedIn();
  };
  return (
    <main id="main" class="welcome">
      <div class="cover">
        <img src="/icon.svg" alt="" width="72" height="72" />
        <p class="brand">{t('appName')}</p>
      </div>
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
          <li key={who.role + who.scope}>
            <button type="button" class="row" onClick={() => choose(who)}>
              <span class="row-main">
                <b>{language.value === 'hi' ? who.nameHi : who.name}</b>
                <span class="quiet">
                  {t(`role_${who.role}` as TextKey)} · {who.scope[0]?.replace(/^\w+:/, '')}
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
    </main>
  );
};

/** Sellers of this stall that this phone cannot bill for yet. */
export const missingSellers = (): readonly string[] => {
  const own = terminals.value.filter(({ location }) => location === place.value);
  return (stall.value?.sellers ?? []).filter((seller) => !own.some((terminal) => terminal.seller === seller));
};

/** One code per seller. */
export const Enrol = ({ onEnrolled }: { onEnrolled: () => void }) => {
  const [code, setCode] = useState('');
  const [person, setStaff] = useState<string>(by.value ?? '');
  const [problem, setProblem] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [seller = ''] = missingSellers();
  const location = place.value;
  if (!location) return null;
  const submit = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    const failed = await enrolPhone(location as LocationId, code).catch(() => ({ detail: t('signInFar') }));
    setBusy(false);
    if (failed) return setProblem(failed.detail);
    await setPerson(person.trim().toUpperCase() as StaffId);
    setCode('');
    onEnrolled();
  };
  const practise = async () => {
    const drawn = await drawDemoCode(location, seller);
    if (drawn === undefined) setProblem(t('signInFar'));
    else setCode(drawn);
  };
  return (
    <main id="main" class="welcome">
      <h1>{t('enrolTitle')}</h1>
      <p>{t('enrolWhy', sellerName(seller))}</p>
      <form onSubmit={submit}>
        <Field label={t('enrolCode')} value={code} onChange={setCode} autocapitalize="characters" autocomplete="off" />
        <Field
          label={t('enrolStaff')}
          value={person}
          onChange={setStaff}
          autocapitalize="characters"
          autocomplete="off"
        />
        {problem && (
          <p class="notice" role="alert">
            {problem}
          </p>
        )}
        <button type="submit" class="primary" disabled={isBusy || code.trim() === '' || person.trim() === ''}>
          {t('enrolDo')}
        </button>
        <button type="button" class="secondary" disabled={seller === ''} onClick={practise}>
          {t('enrolDemo')}
        </button>
      </form>
    </main>
  );
};
