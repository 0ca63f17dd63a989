/**
 * What the links between measures come to. A measure may begin only after others have begun, or together with them; it may
 * be released when another is suspended or violated. The graph shows, while a text is being drafted, sequences in which
 * each waits for the other, what a suspension would pull down, and measures that lack a verifier, a start, or a release
 * that somebody can establish. All in time that grows with the number of measures and links.
 *
 * Deadlocks are the strongly connected components of the waiting, with measures that begin together taken as one
 * (R. E. Tarjan, "Depth-first search and linear graph algorithms", 1972, without recursion).
 */
export interface MeasureNode {
  readonly id: string;
  /** It begins after these have begun. */
  readonly after: readonly string[];
  /** It begins together with these. */
  readonly together: readonly string[];
  readonly verified: boolean;
  /** A date, or what else it is to begin upon. */
  readonly started: boolean;
  readonly releases: readonly ReleaseNode[];
}

/** What releases the owner: a date, another measure suspended or violated, or a finding that somebody is to make. */
export type ReleaseNode =
  | { readonly when: "date" }
  | { readonly when: "suspension" | "violation"; readonly measure: string }
  | { readonly when: "finding"; readonly established: boolean };

export interface GraphFindings {
  /** Each a set of measures none of which can begin before another of them; `ordersWithin` says who waits for whom. */
  readonly deadlocks: readonly (readonly string[])[];
  /** Outside any deadlock, but waiting for one: these cannot begin either. */
  readonly blocked: readonly string[];
  readonly withoutVerifier: readonly string[];
  /** Neither they nor those that begin together with them have a start or wait for a measure. */
  readonly withoutStart: readonly string[];
  /** Measures with a release that nobody can establish: no one is to find, or the other measure is unknown or unverified. */
  readonly withoutRelease: readonly string[];
}

export function graphFindings(measures: readonly MeasureNode[]): GraphFindings {
  const { groups, waits } = waiting(measures);
  const components = componentsOf(waits);
  const deadlocked = new Set<number>();
  const deadlocks: (readonly string[])[] = [];
  for (const component of components) {
    const first = component[0] ?? 0;
    if (component.length === 1 && !waits[first]?.includes(first)) continue;
    for (const group of component) deadlocked.add(group);
    deadlocks.push(roundOf(component, waits).flatMap((group) => groups[group]?.map(({ id }) => id) ?? []));
  }
  const known = new Map(measures.map((measure) => [measure.id, measure]));
  const begins = ({ started, after }: MeasureNode): boolean => started || after.length > 0;
  const ids = (some: readonly MeasureNode[]): readonly string[] => some.map(({ id }) => id);
  return {
    deadlocks,
    blocked: stuckBehind(deadlocked, waits).flatMap((group) => ids(groups[group] ?? [])),
    withoutVerifier: ids(measures.filter(({ verified }) => !verified)),
    withoutStart: ids(groups.filter((group) => !group.some(begins)).flat()),
    withoutRelease: ids(measures.filter(({ releases }) => !releases.every((one) => canBeSeen(one, known)))),
  };
}

/** What a measure is said to begin after, or together with. */
export interface BeginningOrder {
  readonly measure: string;
  readonly order: "after" | "together";
  readonly others: readonly string[];
}

/** Who waits for whom among these, and who begins with whom, which is said once of both. In the order in which they are named. */
export function ordersWithin(
  measures: readonly MeasureNode[],
  ids: readonly string[],
): readonly BeginningOrder[] {
  const known = new Map(measures.map((measure) => [measure.id, measure]));
  const among = new Set(ids);
  const paired = new Set<string>();
  return ids.flatMap((measure): readonly BeginningOrder[] => {
    const node = known.get(measure);
    const after = [...new Set(node?.after)].filter((other) => among.has(other));
    const together = [...new Set(node?.together)].filter(
      (other) => among.has(other) && other !== measure && !paired.has(`${other} ${measure}`),
    );
    for (const other of together) paired.add(`${measure} ${other}`);
    const orders: readonly BeginningOrder[] = [
      { measure, order: "after", others: after },
      { measure, order: "together", others: together },
    ];
    return orders.filter(({ others }) => others.length > 0);
  });
}

function canBeSeen(release: ReleaseNode, known: ReadonlyMap<string, MeasureNode>): boolean {
  if (release.when === "date") return true;
  if (release.when === "finding") return release.established;
  const other = known.get(release.measure);
  return other !== undefined && (release.when === "suspension" || other.verified);
}

/** All measures that fall, one after the other, if this one is suspended; without itself. In the order in which they fall. */
export function pulledDown(measures: readonly MeasureNode[], id: string): readonly string[] {
  const released = new Map<string, string[]>();
  for (const measure of measures) {
    for (const release of measure.releases) {
      if (release.when !== "suspension" && release.when !== "violation") continue;
      const falling = released.get(release.measure);
      if (falling) falling.push(measure.id);
      else released.set(release.measure, [measure.id]);
    }
  }
  const fallen = new Set([id]);
  for (const one of fallen) for (const next of released.get(one) ?? []) fallen.add(next);
  fallen.delete(id);
  return [...fallen];
}

/** All measures each of whose suspension would pull this one down, at whatever distance; without itself. The nearest first. */
export function pulledDownBy(measures: readonly MeasureNode[], id: string): readonly string[] {
  const known = new Map(measures.map((measure) => [measure.id, measure]));
  const above = new Set([id]);
  for (const one of above) {
    for (const release of known.get(one)?.releases ?? []) {
      if ("measure" in release && known.has(release.measure)) above.add(release.measure);
    }
  }
  above.delete(id);
  return [...above];
}

interface Waiting {
  /** Measures that begin together. */
  readonly groups: readonly (readonly MeasureNode[])[];
  /** Group, then the groups for which it waits. */
  readonly waits: readonly (readonly number[])[];
}

function waiting(measures: readonly MeasureNode[]): Waiting {
  const place = new Map(measures.map(({ id }, i) => [id, i]));
  const parent = measures.map((_, i) => i);
  const rootOf = (i: number): number => {
    let at = i;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at] ?? at] ?? at;
      at = parent[at] ?? at;
    }
    return at;
  };
  measures.forEach(({ together }, i) => {
    for (const other of together) {
      const j = place.get(other);
      if (j !== undefined) parent[rootOf(j)] = rootOf(i);
    }
  });
  const number = new Map<number, number>();
  const groups: MeasureNode[][] = [];
  const groupAt = measures.map((measure, i) => {
    const root = rootOf(i);
    const group = number.get(root) ?? groups.length;
    if (group === groups.length) groups.push([]);
    number.set(root, group);
    groups[group]?.push(measure);
    return group;
  });
  const waits = groups.map((group) => {
    const others = group.flatMap(({ after }) => after.map((id) => groupAt[place.get(id) ?? -1]));
    return [...new Set(others.filter((other) => other !== undefined))];
  });
  return { groups, waits };
}

/** Strongly connected components; each node is an index, `edges` its successors. */
function componentsOf(edges: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const index = new Array<number>(edges.length).fill(-1);
  const low = new Array<number>(edges.length).fill(0);
  const onStack = new Array<boolean>(edges.length).fill(false);
  const stack: number[] = [];
  const components: (readonly number[])[] = [];
  let count = 0;
  const visit = (node: number): { readonly node: number; next: number } => {
    index[node] = count;
    low[node] = count;
    count += 1;
    stack.push(node);
    onStack[node] = true;
    return { node, next: 0 };
  };
  const lower = (node: number, to: number): void => {
    low[node] = Math.min(low[node] ?? 0, to);
  };
  for (let start = 0; start < edges.length; start++) {
    if (index[start] !== -1) continue;
    const path = [visit(start)];
    for (let frame = path.at(-1); frame; frame = path.at(-1)) {
      const { node } = frame;
      const next = edges[node]?.[frame.next];
      frame.next += 1;
      if (next !== undefined) {
        if (index[next] === -1) path.push(visit(next));
        else if (onStack[next]) lower(node, index[next] ?? 0);
        continue;
      }
      path.pop();
      const above = path.at(-1);
      if (above) lower(above.node, low[node] ?? 0);
      if (low[node] === index[node]) components.push(popComponent(stack, onStack, node));
    }
  }
  return components;
}

function popComponent(stack: number[], onStack: boolean[], root: number): readonly number[] {
  const component = stack.splice(stack.lastIndexOf(root));
  for (const node of component) onStack[node] = false;
  return component;
}

/** A shortest round through the first of a component, each waiting for the next; then the rest of the component. */
function roundOf(component: readonly number[], waits: readonly (readonly number[])[]): readonly number[] {
  const first = component[0] ?? 0;
  const inside = new Set(component);
  const from = new Map<number, number>();
  const seen = new Set<number>([first]);
  for (const node of seen) {
    for (const next of waits[node] ?? []) {
      if (next === first) {
        const round = [node];
        for (let at = from.get(node); at !== undefined; at = from.get(at)) round.unshift(at);
        return withRest(round, component);
      }
      if (!inside.has(next) || seen.has(next)) continue;
      seen.add(next);
      from.set(next, node);
    }
  }
  return component;
}

/** Those that wait, at whatever distance, for a deadlock that they are not in. */
function stuckBehind(
  deadlocked: ReadonlySet<number>,
  waits: readonly (readonly number[])[],
): readonly number[] {
  const waitedFor: number[][] = waits.map(() => []);
  waits.forEach((others, group) => {
    for (const other of others) waitedFor[other]?.push(group);
  });
  const stuck = new Set(deadlocked);
  for (const group of stuck) for (const later of waitedFor[group] ?? []) stuck.add(later);
  return [...stuck].filter((group) => !deadlocked.has(group)).sort((a, b) => a - b);
}

function withRest(round: readonly number[], component: readonly number[]): readonly number[] {
  const named = new Set(round);
  return [...round, ...component.filter((one) => !named.has(one))];
}
