/**
 * Makes one value per key, at its first use. All functions of a process share it.
 *
 * @example
 * export const registryStore = oncePer((tables: Tables) => { … });
 */
export const oncePer = <Key extends object, Made>(make: (key: Key) => Made): ((key: Key) => Made) => {
  const made = new WeakMap<Key, { readonly value: Made }>();
  return (key) => {
    const known = made.get(key);
    if (known) return known.value;
    const value = make(key);
    made.set(key, { value });
    return value;
  };
};
