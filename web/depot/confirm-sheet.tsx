import { useSignal } from '@preact/signals';
import { CONFIRMATION_PROOFS, type MaterialRequest } from '../../shared/materials/material-request.ts';
import type { ConfirmationProof } from '../../shared/materials/request-contract.ts';
import { type ApiProblem, api } from '../app/api.ts';
import { toLatinDigits } from '../app/format.ts';
import { Field, NumberPad, Sheet } from '../app/parts.tsx';
import { by } from '../app/session.ts';
import { CardFields, ProblemNotice } from '../materials/request-parts.tsx';
import { confirmationCodeIn } from '../materials/submission.ts';
import { canScan, Scanner } from '../stall/scanner.tsx';
import { td } from './texts.ts';

type Proof = (typeof CONFIRMATION_PROOFS)[number];

type Answer =
  | { readonly ok: true; readonly body: MaterialRequest }
  | { readonly ok: false; readonly problem: ApiProblem };

type ConfirmSheetProps = {
  readonly request: MaterialRequest;
  readonly onDone: (answer: Answer | undefined) => Promise<void>;
  readonly onClose: () => void;
};

/** A wrong code or PIN is asked for again here; the other refusals concern the request. */
const ASK_AGAIN = ['CODE_WRONG', 'PIN_WRONG', 'PIN_LOCKED', 'CODE_VOID', 'SECOND_PERSON_NEEDED', 'INVALID_REQUEST'];

/** Proves that the artisan has the material: their code, their card and PIN, or their signature. */
export const ConfirmSheet = ({ request, onDone, onClose }: ConfirmSheetProps) => {
  const proof = useSignal<Proof>('code');
  const code = useSignal('');
  const card = useSignal({ number: '', pin: '' });
  const signature = useSignal('');
  const problem = useSignal<ApiProblem | undefined>(undefined);
  const isSaving = useSignal(false);
  const isScanning = useSignal(false);

  const body = (): ConfirmationProof => {
    const staff = by.value && { by: by.value };
    switch (proof.value) {
      case 'code':
        return { proof: 'code', code: code.value, ...staff };
      case 'card': {
        const { number, pin } = card.value;
        return {
          proof: 'card',
          card: { number: number.trim().toUpperCase(), pin: toLatinDigits(pin) },
          ...staff,
        } as never;
      }
      case 'signature':
        return { proof: 'signature', signature: signature.value.trim(), ...staff };
    }
  };
  const isReady = {
    code: /^\d{6}$/.test(code.value),
    card: card.value.number.trim() !== '' && card.value.pin !== '',
    signature: signature.value.trim() !== '',
  }[proof.value];
  const save = async () => {
    if (!isReady || isSaving.value) return;
    isSaving.value = true;
    const path = { producer: request.producer, number: request.request };
    const answer = await api.confirmRequest({ path, body: body(), ifMatch: request.version }).catch(() => undefined);
    isSaving.value = false;
    if (answer && !answer.ok && ASK_AGAIN.includes(answer.problem.code)) {
      problem.value = answer.problem;
      code.value = '';
      return;
    }
    await onDone(answer);
  };
  if (isScanning.value)
    return (
      <Scanner
        onCode={(text) => {
          code.value = confirmationCodeIn(text, request.request) ?? '';
          isScanning.value = false;
        }}
        onClose={() => (isScanning.value = false)}
      />
    );
  return (
    <Sheet title={td('confirmHow')} onClose={onClose}>
      <fieldset class="choices" aria-label={td('confirmHow')}>
        {CONFIRMATION_PROOFS.map((one) => (
          <button key={one} type="button" aria-pressed={proof.value === one} onClick={() => (proof.value = one)}>
            {td(`proof_${one}`)}
          </button>
        ))}
      </fieldset>
      <ProblemNotice problem={problem.value} />
      {proof.value === 'code' && (
        <>
          {canScan() && (
            <button type="button" class="secondary" onClick={() => (isScanning.value = true)}>
              {td('codeScan')}
            </button>
          )}
          <NumberPad
            label={td('codeHow')}
            value={code.value}
            onChange={(text) => (code.value = text.slice(0, 6))}
            onEnter={save}
          />
        </>
      )}
      {proof.value === 'card' && <CardFields card={card} />}
      {proof.value === 'signature' && (
        <>
          <p class="quiet">{td('signatureWho')}</p>
          <Field
            label={td('signatureHow')}
            value={signature.value}
            onChange={(text) => (signature.value = text)}
            maxLength={80}
          />
        </>
      )}
      <button type="button" class="primary" disabled={!isReady || isSaving.value} onClick={save}>
        {td('confirm')}
      </button>
    </Sheet>
  );
};
