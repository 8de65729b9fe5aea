/** For the benches, which import nothing of the simulation but through this kit. */
export { seededRandom } from '../../simulate/seeded-random.ts';

/** Loads all of Bahi, and reads the environment. */
export const loadSimulation = async () => {
  const [{ SHORT_RUN, simulate }, { renderRun, renderSummary }] = await Promise.all([
    import('../../simulate/simulate.ts'),
    import('../../simulate/report.ts'),
  ]);
  return { SHORT_RUN, simulate, renderRun, renderSummary };
};
