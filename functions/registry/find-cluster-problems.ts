import type { FieldProblem } from '../../shared/kernel/problems.ts';
import type { RegistryStore } from '../../shared/registry/registry-store.ts';

export type FindClusterProblemsDeps = { readonly registry: Pick<RegistryStore, 'entries'> };

type ClusterMember = { readonly id: string; readonly entry: { readonly district: string; readonly cluster: string } };

const isClusterMember = (edited: { readonly id: string; readonly entry: object }): edited is ClusterMember =>
  'cluster' in edited.entry && edited.entry.cluster !== undefined;

/**
 * The problem of each producer, by id, whose cluster is in another district. Reads the cache: the
 * district of a cluster never changes.
 */
export const findClusterProblems = async (
  edited: readonly { readonly id: string; readonly entry: object }[],
  { registry }: FindClusterProblemsDeps,
): Promise<ReadonlyMap<string, readonly FieldProblem[]>> => {
  const members = edited.filter(isClusterMember);
  const clusters = await registry.entries('clusters', new Set(members.map(({ entry }) => entry.cluster)));
  return new Map(
    members.flatMap(({ id, entry: { district, cluster } }) => {
      const clusterDistrict = clusters.get(cluster)?.entry.district;
      const problem = `${cluster} is a cluster of district ${clusterDistrict}, not of ${district}`;
      const isAllowed = clusterDistrict === undefined || clusterDistrict === district;
      return isAllowed ? [] : [[id, [{ path: 'cluster', problem }]]];
    }),
  );
};
