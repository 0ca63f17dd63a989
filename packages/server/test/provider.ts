import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import Provider from "oidc-provider";

export interface ProviderOnLoopback {
  readonly issuer: string;
  /** Knows one client, `parley`, and sends browsers back to this address of it. */
  allow(redirect: string): void;
  stop(): Promise<void>;
}

/** A real provider on loopback, whose development pages sign in whoever names themselves. */
export async function startProvider(): Promise<ProviderOnLoopback> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer = `http://localhost:${(server.address() as AddressInfo).port}`;
  let handler: ReturnType<InstanceType<typeof Provider>["callback"]> | undefined;
  server.on("request", (request, response) => void handler?.(request, response));
  return {
    issuer,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
    allow: (redirect) => {
      const provider = new Provider(issuer, {
        clients: [{ client_id: "parley", client_secret: "a secret of the test", redirect_uris: [redirect] }],
        cookies: { keys: ["test"] },
        claims: { openid: ["sub"], profile: ["name"] },
        findAccount: (_context, id) => ({
          accountId: id,
          claims: () => ({ sub: id, name: `Name of ${id}` }),
        }),
        conformIdTokenClaims: false,
        features: { devInteractions: { enabled: true } },
      });
      handler = provider.callback();
    },
  };
}
