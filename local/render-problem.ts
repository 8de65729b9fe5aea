export const renderProblem = (said: unknown): string => {
  const { code, detail, fields } = said as { code?: string; detail?: string; fields?: { problem?: string }[] };
  return [code, detail, ...(fields ?? []).map(({ problem }) => problem)].filter(Boolean).join(' · ');
};
