/** Passkeys: a way in, and the fresh proof of presence that acts which bind a party ask for. */
import { ApiProblem, type ParleyClient, type PasskeyAnswer } from "@parley/server/client";
import { type No, noOf, saysNo } from "./no.ts";

type RequestJson = Parameters<typeof PublicKeyCredential.parseRequestOptionsFromJSON>[0];
type CreationJson = Parameters<typeof PublicKeyCredential.parseCreationOptionsFromJSON>[0];

/** What the browser's own dialog gave; undefined: the person closed it, or it took too long. */
async function asked(ask: () => Promise<Credential | null>): Promise<PasskeyAnswer | undefined> {
  try {
    const credential = await ask();
    return credential instanceof PublicKeyCredential ? (credential.toJSON() as PasskeyAnswer) : undefined;
  } catch (fault) {
    if (fault instanceof DOMException) return undefined;
    throw fault;
  }
}

const closed = saysNo("passkey-not-given", "No passkey was given. Nothing was sent.");

/** Runs one exchange with the server; a refusal is a value. */
async function exchange(work: () => Promise<No | undefined>): Promise<No | undefined> {
  try {
    return await work();
  } catch (problem) {
    if (problem instanceof ApiProblem) return noOf(problem);
    throw problem;
  }
}

function giving(options: object): Promise<PasskeyAnswer | undefined> {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options as RequestJson);
  return asked(() => navigator.credentials.get({ publicKey }));
}

export function signInWithPasskey(client: ParleyClient): Promise<No | undefined> {
  return exchange(async () => {
    const answer = await giving(await client.passkeySignIn());
    if (!answer) return closed;
    await client.signInWithPasskey(answer);
    return undefined;
  });
}

/** Does what changes how one proves who one is; where the server asks for presence first, that is proved once. */
async function asOwner<T>(client: ParleyClient, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (problem) {
    if (!(problem instanceof ApiProblem) || problem.code !== "step-up-needed") throw problem;
    const no = await proveAgain(client);
    if (no) throw new ApiProblem(problem.status, no.code, no.sentence, undefined, no.values);
    return work();
  }
}

export function removePasskey(client: ParleyClient, credential: string): Promise<No | undefined> {
  return exchange(async () => {
    await asOwner(client, () => client.removePasskey(credential));
    return undefined;
  });
}

/** Goes to the provider, which sends the browser back here: to the account's page, or signed in. */
export function goToProvider(
  client: ParleyClient,
  purpose: "sign-in" | "link" | "step-up",
): Promise<No | undefined> {
  return exchange(async () => {
    location.assign(await asOwner(client, () => client.openId(purpose)));
    return undefined;
  });
}

export function addPasskey(client: ParleyClient, name: string): Promise<No | undefined> {
  return exchange(async () => {
    const options = await asOwner(client, () => client.passkeyRegistration());
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options as CreationJson);
    const answer = await asked(() => navigator.credentials.create({ publicKey }));
    if (!answer) return closed;
    await client.addPasskey({ name, answer });
    return undefined;
  });
}

/** A refusal where the account has no passkey: the server says what to do instead. */
export function proveAgain(client: ParleyClient): Promise<No | undefined> {
  return exchange(async () => {
    const answer = await giving(await client.passkeyStepUp());
    if (!answer) return closed;
    await client.stepUpWithPasskey(answer);
    return undefined;
  });
}
