export * from "./canonical.ts";
export * from "./encoding.ts";
export * from "./event.ts";
export * from "./hash.ts";
