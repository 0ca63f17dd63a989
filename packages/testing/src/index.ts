export * from "./clock.ts";
export * from "./device.ts";
export * from "./laws.ts";
export * from "./negotiation.ts";
export * from "./sample-draft.ts";
export * from "./signed-case.ts";
