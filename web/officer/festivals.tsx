import { api } from '../app/api.ts';
import { Icon, Page } from '../app/parts.tsx';
import { language } from '../app/texts.ts';
import { dateText, Figure } from '../materials/request-parts.tsx';
import { loadDistricts, nameOfArea } from './areas.ts';
import { bodyOf, Loading, useLoaded } from './loading.tsx';
import { officeAddress } from './route.ts';
import { to } from './texts.ts';

const loadFestivals = async () => {
  const [{ festivals }] = await Promise.all([bodyOf(api.listFestivals({})), loadDistricts()]);
  return festivals.toSorted((one, other) => other.from.localeCompare(one.from));
};

const times = (factor: number | undefined): string => (factor === undefined ? '–' : `${factor} ×`);

/** Festivals, latest first, with the factors entered, planned and observed. */
export const FestivalsScreen = () => {
  const loaded = useLoaded(loadFestivals, []);
  return (
    <Page title={to('festivals')} back={officeAddress('more')}>
      <p class="quiet">{to('factorHow')}</p>
      <div class="actions">
        <a class="secondary" href={officeAddress('entry', 'festivals')}>
          <Icon name="plus" /> {to('addEntry')}
        </a>
        <a class="secondary" href={officeAddress('import', 'festivals')}>
          {to('importCsv')}
        </a>
      </div>
      <Loading loaded={loaded}>
        {(festivals) =>
          festivals.length === 0 ? (
            <p class="empty">{to('festivalsNone')}</p>
          ) : (
            <ul class="rows">
              {festivals.map((one) => (
                <li key={one.festival}>
                  <a class="row festival" href={officeAddress('entry', 'festivals', one.festival)}>
                    <span class="row-main">
                      <b>{language.value === 'hi' ? one.nameHi : one.name}</b>
                      <span>{to('betweenDays', dateText(one.from), `${dateText(one.to)} ${one.to.slice(0, 4)}`)}</span>
                      <span class="quiet">
                        {one.district ? nameOfArea(one.district) : to('everywhere')} · {one.craft ?? to('allCrafts')}
                      </span>
                      {one.taughtBy.length > 0 && <span class="quiet">{to('taughtBy', one.taughtBy.join(', '))}</span>}
                    </span>
                    <dl class="figures factors">
                      <Figure name={to('factorEntered')} value={times(one.factor)} />
                      <Figure name={to('factorPlanned')} value={times(one.planned)} />
                      <Figure name={to('factorSeen')} value={times(one.seen?.factor)} />
                    </dl>
                    <Icon name="next" />
                  </a>
                </li>
              ))}
            </ul>
          )
        }
      </Loading>
    </Page>
  );
};
