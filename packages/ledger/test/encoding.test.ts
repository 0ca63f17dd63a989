import { base64, base64url, fromBase64, fromBase64url, fromHex, fromUtf8, hex, utf8 } from "@parley/ledger";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { malformed } from "./malformed.ts";

const bytesAndTexts = [
  ["", "", "", ""],
  ["f", "Zg==", "Zg", "66"],
  ["fo", "Zm8=", "Zm8", "666f"],
  ["foo", "Zm9v", "Zm9v", "666f6f"],
  ["foob", "Zm9vYg==", "Zm9vYg", "666f6f62"],
  ["fooba", "Zm9vYmE=", "Zm9vYmE", "666f6f6261"],
  ["foobar", "Zm9vYmFy", "Zm9vYmFy", "666f6f626172"],
] as const;

describe("base64, base64url and hex", () => {
  test.each(bytesAndTexts)("write and read %j as RFC 4648 section 10 does", (text, padded, bare, digits) => {
    const bytes = utf8(text);
    expect([base64(bytes), base64url(bytes), hex(bytes)]).toEqual([padded, bare, digits]);
    expect([fromBase64(padded), fromBase64url(bare), fromHex(digits)]).toEqual([bytes, bytes, bytes]);
  });

  test("read back any bytes", () => {
    void fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
        expect(fromBase64url(base64url(bytes))).toEqual(bytes);
        expect(fromBase64(base64(bytes))).toEqual(bytes);
        expect(fromHex(hex(bytes))).toEqual(bytes);
        expect(base64url(bytes)).toBe(Buffer.from(bytes).toString("base64url"));
      }),
    );
  });

  test("any text is refused or is exactly what the encoder writes", () => {
    const text = fc.string({ unit: fc.constantFrom(..."AQgwZz09-_+/= \nf"), maxLength: 9 });
    void fc.assert(
      fc.property(text, (candidate) => {
        for (const [read, write] of [
          [fromBase64, base64],
          [fromBase64url, base64url],
          [fromHex, hex],
        ] as const) {
          const bytes = malformed(() => read(candidate));
          if (bytes instanceof Uint8Array) expect(write(bytes)).toBe(candidate);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test.each(["Zg==", "Zh", "Z", "Zm9v\n", "Zm+v", "Zm9é"])("base64url refuses %j", (text) => {
    expect(malformed(() => fromBase64url(text))).toBe("bad-base64");
  });

  test.each(["Zg", "Zg=", "Zh==", "Zm9v====", "Zm-v", "=Zm9", "Z==="])("base64 refuses %j", (text) => {
    expect(malformed(() => fromBase64(text))).toBe("bad-base64");
  });

  test.each(["6", "6G", "AA", "0x"])("hex refuses %j", (text) => {
    expect(malformed(() => fromHex(text))).toBe("bad-hex");
  });
});

describe("UTF-8", () => {
  test("keeps any well-formed text, a byte-order mark included", () => {
    void fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(fromUtf8(utf8(text))).toBe(text);
      }),
    );
    expect(fromUtf8(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61))).toBe("\uFEFFa");
  });

  test("refuses lone surrogates and ill-formed bytes", () => {
    expect(malformed(() => utf8("a\uD800b"))).toBe("bad-utf8");
    for (const bytes of [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xc3]]) {
      expect(malformed(() => fromUtf8(Uint8Array.from(bytes)))).toBe("bad-utf8");
    }
  });
});
