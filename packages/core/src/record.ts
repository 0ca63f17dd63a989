/** Plain records as immutable maps: state stays JSON, and a hostile key such as `constructor` finds nothing. */
export type Table<V> = { readonly [key: string]: V };

export function find<V>(table: Table<V>, key: string): V | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

export function put<V>(table: Table<V>, key: string, value: V): Table<V> {
  return { ...table, [key]: value };
}

export function drop<V>(table: Table<V>, key: string): Table<V> {
  const { [key]: _, ...rest } = table;
  return rest;
}

/** With one more item, once. */
export function including<V>(list: readonly V[], item: V): readonly V[] {
  return list.includes(item) ? list : [...list, item];
}
