import { createHash } from "node:crypto";
import { emptyRoot, hex, jsonHash, leafHash, nodeHash, sha256, utf8 } from "@parley/ledger";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

describe("hashes", () => {
  test("agree with another implementation of SHA-256", () => {
    void fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(hex(sha256(bytes))).toBe(createHash("sha256").update(bytes).digest("hex"));
      }),
    );
  });

  // Certificate Transparency's own tree tests (google/certificate-transparency, merkletree/merkle_tree_test.cc).
  test("are those of RFC 6962 for nothing, the empty leaf and two leaves", () => {
    expect(hex(emptyRoot)).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    expect(hex(leafHash(new Uint8Array(0)))).toBe(
      "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    );
    expect(hex(nodeHash(leafHash(new Uint8Array(0)), leafHash(Uint8Array.of(0))))).toBe(
      "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    );
  });

  test("of JSON do not depend on the order of members", () => {
    expect(jsonHash({ a: 1, b: 2 })).toBe(jsonHash({ b: 2, a: 1 }));
    expect(jsonHash({ a: 1 })).toBe(createHash("sha256").update(utf8('{"a":1}')).digest("base64url"));
  });
});
