import { signal } from '@preact/signals';
import { useEffect, useId, useState } from 'preact/hooks';
import { Field } from '../app/parts.tsx';
import { t } from '../app/texts.ts';
import { readStaff, type StaffName } from './server-lists.ts';

const staffHere = signal<readonly StaffName[]>([]);

/** The staff of this place, from the phone's copy. Downloads the list again. */
export const useStaff = (): readonly StaffName[] => {
  useEffect(() => {
    readStaff().then(({ rows }) => {
      staffHere.value = rows;
    });
  }, []);
  return staffHere.value;
};

type StaffFieldProps = {
  readonly label: string;
  /** Where one types the number of a person who is not listed. */
  readonly numberLabel: string;
  readonly value: string;
  /** `name`: of a listed person. */
  readonly onChange: (staff: string, name?: string) => void;
};

const OTHER = 'other';

/** A person, chosen by name. Without the list, and for others, by number. */
export const StaffField = ({ label, numberLabel, value, onChange }: StaffFieldProps) => {
  const staff = useStaff();
  const [isOther, setOther] = useState(false);
  const isListed = staff.some((one) => one.staff === value);
  const isTyping = isOther || (value !== '' && !isListed) || staff.length === 0;
  const choose = (chosen: string) => {
    setOther(chosen === OTHER);
    onChange(chosen === OTHER ? '' : chosen, staff.find((one) => one.staff === chosen)?.name);
  };
  return (
    <>
      {staff.length > 0 && (
        <StaffSelect label={label} staff={staff} value={isTyping ? OTHER : value} onChange={choose} hasOther />
      )}
      {isTyping && (
        <Field
          label={numberLabel}
          value={value}
          onChange={(text) => onChange(text)}
          autocapitalize="characters"
          autocomplete="off"
        />
      )}
    </>
  );
};

type StaffSelectProps = {
  readonly label: string;
  readonly staff: readonly StaffName[];
  readonly value: string;
  readonly onChange: (staff: string) => void;
  readonly hasOther?: boolean;
};

export const StaffSelect = ({ label, staff, value, onChange, hasOther = false }: StaffSelectProps) => {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} value={value} onChange={({ currentTarget }) => onChange(currentTarget.value)}>
        {value === '' && <option value="" />}
        {staff.map((one) => (
          <option key={one.staff} value={one.staff}>
            {one.name}
          </option>
        ))}
        {hasOther && <option value={OTHER}>{t('staffOther')}</option>}
      </select>
    </div>
  );
};
