import { MalformedError } from "@parley/ledger";

/** The code of the `MalformedError` that `read` throws, or what it returns; any other error is passed on. */
export function malformed<T>(read: () => T): T | string {
  try {
    return read();
  } catch (error) {
    if (error instanceof MalformedError) return error.code;
    throw error;
  }
}
