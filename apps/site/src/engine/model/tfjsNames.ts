/** @file How tfjs-layers spells names in files: snake case for keys and strings, Pascal case for classes. */

export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

export function toSnakeCase(text: string): string {
  return text.replace(
    /([a-z0-9])([A-Z])/g,
    (_, before: string, after: string) => `${before}_${after.toLowerCase()}`,
  );
}

export function toCamelCase(text: string): string {
  return text.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** The tfjs class of a record: 'quadraticForm' is QuadraticForm. */
export function classNameOf(layer: string): string {
  return layer[0].toUpperCase() + layer.slice(1);
}

export function recordNameOf(className: string): string {
  return className[0].toLowerCase() + className.slice(1);
}
