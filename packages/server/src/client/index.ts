export type { ProblemCode } from "../api/problem.ts";
export { version } from "../version.ts";
export * from "./client.ts";
export { demoDevice, demoDeviceCount } from "./demo-device.ts";
export { type HoldingClaim, holdingMessage } from "./holding.ts";
export { type Following, follow } from "./stream.ts";
