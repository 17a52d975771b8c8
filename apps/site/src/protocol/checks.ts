/** @file Checks of data that came through a port: each says what is wrong, or nothing. */

export type Check = (value: unknown, name: string) => string | undefined;

export const anyOf =
  (...values: readonly unknown[]): Check =>
  (value, name) =>
    values.includes(value) ? undefined : `${name} is none of ${values.join(', ')}`;

export const number: Check = (value, name) =>
  typeof value === 'number' && Number.isFinite(value) ? undefined : `${name} is not a finite number`;

export const whole =
  (min: number, max: number): Check =>
  (value, name) =>
    Number.isInteger(value) && (value as number) >= min && (value as number) <= max
      ? undefined
      : `${name} is not a whole number from ${min} to ${max}`;

export const above =
  (limit: number): Check =>
  (value, name) =>
    number(value, name) ?? ((value as number) > limit ? undefined : `${name} is not above ${limit}`);

export const flag: Check = (value, name) =>
  typeof value === 'boolean' ? undefined : `${name} is neither true nor false`;

export const text =
  (most: number): Check =>
  (value, name) =>
    typeof value === 'string' && value.length <= most
      ? undefined
      : `${name} is no text of ${most} characters at most`;

export const list =
  (item: Check, most: number): Check =>
  (value, name) => {
    if (!Array.isArray(value) || value.length > most) return `${name} is no list of ${most} at most`;
    for (const [at, one] of value.entries()) {
      const fault = item(one, `${name}[${at}]`);
      if (fault) return fault;
    }
    return undefined;
  };

/** Arrays of numbers as they are transferred, such as Float32Array. */
export const instance =
  (...types: readonly (new (...given: never[]) => object)[]): Check =>
  (value, name) =>
    types.some((type) => value instanceof type)
      ? undefined
      : `${name} is no ${types.map((type) => type.name).join(' or ')}`;

export const optional =
  (check: Check): Check =>
  (value, name) =>
    value === undefined ? undefined : check(value, name);

export const either =
  (...checks: readonly Check[]): Check =>
  (value, name) => {
    const faults = checks.map((check) => check(value, name));
    return faults.includes(undefined) ? undefined : faults.join(', and ');
  };

/** An object of these fields and no others. */
export const fields =
  (checks: Readonly<Record<string, Check>>): Check =>
  (value, name) => {
    if (!isObject(value)) return `${name} is no object`;
    const unknown = Object.keys(value).find((key) => !Object.hasOwn(checks, key));
    if (unknown !== undefined) return `${name} has an unknown field ${unknown.slice(0, 40)}`;
    for (const [key, check] of Object.entries(checks)) {
      const fault = check(value[key], `${name}.${key}`);
      if (fault) return fault;
    }
    return undefined;
  };

/** An object of any fields, each of one kind. */
export const table =
  (check: Check): Check =>
  (value, name) => {
    if (!isObject(value)) return `${name} is no object`;
    for (const [key, one] of Object.entries(value)) {
      const fault = check(one, `${name}.${key.slice(0, 40)}`);
      if (fault) return fault;
    }
    return undefined;
  };

export const pair = (check: Check): Check => {
  const both = list(check, 2);
  return (value, name) =>
    Array.isArray(value) && value.length === 2 ? both(value, name) : `${name} is no pair`;
};

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);
}

/** What a message of a kind in the table is, or what is wrong with it. */
export function readMessage<T>(
  checks: Readonly<Record<string, Check>>,
  data: unknown,
):
  | { readonly message: T; readonly fault?: undefined }
  | { readonly message?: undefined; readonly fault: string } {
  if (!isObject(data) || typeof data.kind !== 'string') return { fault: 'A message has no kind.' };
  const { kind } = data;
  if (!Object.hasOwn(checks, kind)) return { fault: `There is no message of kind ${kind.slice(0, 40)}.` };
  const fault = checks[kind](data, kind);
  return fault ? { fault: `A message is not as it must be: ${fault}.` } : { message: data as T };
}
