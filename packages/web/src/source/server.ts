/** What the server is that the pages work on; undefined until it has said so, and where there is none. */
import { useQuery } from "@tanstack/react-query";
import { theShelf } from "./case-context.tsx";
import type { ServerClient } from "./shelf.ts";

export function useServer(): Awaited<ReturnType<ServerClient["server"]>> | undefined {
  const { client } = theShelf();
  const { data } = useQuery({
    queryKey: ["server"],
    queryFn: async () => (await client?.server()) ?? null,
    staleTime: Infinity,
  });
  return data ?? undefined;
}
