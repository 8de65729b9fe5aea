/** For the benches, which import nothing of the simulation but through this kit. */
export { seededRandom } from '../../simulate/seeded-random.ts';
