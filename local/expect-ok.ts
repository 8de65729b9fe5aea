/** Throws on a refusal. */
export const expectOk = <Body>(answer: { ok: true; body: Body } | { ok: false; problem: unknown }): Body => {
  if (!answer.ok) throw new Error(`refused: ${JSON.stringify(answer.problem)}`);
  return answer.body;
};
