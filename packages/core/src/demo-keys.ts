/**
 * The demo keys: Ed25519 keys whose private halves anyone can make, so that a demonstration can be signed in the open.
 * The seed of key `i` is SHA-256 of `parley demo key <i>`. They serve in demo cases and are refused everywhere else.
 */
export const demoKeys: readonly string[] = [
  "KlUK04kYb7CttUJoqmXCQSXc7Io4Th0_50Sdy6P6g5o",
  "rt8CVZZL-sTvW9FzTRfb5ngVnE6XHAD6JJbx8CR996Y",
  "VBv42P1fOgrviR1Z6NMLTD5pDlxoPIvDL89Y4DsDXVU",
  "y2E8Gl53qpcXLz0agO-5UOjbUypEM8_mU7bcGud2llQ",
  "A58Xrxqigx-6CfHFuF931H3HePgkyhHOun59ym-RxN4",
  "EdlQdOiGJ5Pc9hlM1X0FzkD742sprjKEz-scyD5RhZI",
  "ZQQGpCMFEKyOBpBPyjeNwIrErSK40lP_3nkAhHgT6jM",
  "wzjjqoUI8-_9liGE7hiE0o3BAtst26KGfW7zzg-QWHU",
  "r-O-bdCgUPDCYWrXGu0DCb6tKWRGVzLUhGuACgjIBX4",
  "tBByBO1Ya_xe5umhph1-Kw2gbtYfAAxNgp-WrqFi0Rk",
  "ZCpnNz_nb3IWMdh0u5I9UVXdtauy8cPcDC5SiJNEst0",
  "dLi1CaiGnrY6vxITzrzVnu_l5C8cPv1Jo84jyzQy4GE",
  "7sE_mUNf0V1u22kRIy_qQHFKEySsNdFB7Idl9dr6d9k",
  "vBNNKFWVvvS6KfaTCE8Ij7Ti47am0U9tsw-zEix2gRk",
  "LFgTdLcki4aZaSVqJM0GMkH2uLp0MbcO0vig2CyoiQA",
  "dOzHzBSp6w7clVksG0nF4lAxFvo4i_J201w5tyjhxy8",
  "QFG0drb-SMsxt2d2yCsE-n00p7PJoG0xhMZZzDkyy3U",
  "sSupJQHY9J1HqbsQnFxA3_onsicAOLc7McIjxOI-rgg",
  "A8NM5Upx7K4VjolUmjP92XD_nEpn5q0q-0zYKvugowI",
  "cT8TwHmTxDMPJ6ltDQ6o--xLVpb1znlNeBoEUBUKk_U",
  "y4eaygY-q0qFRCmWgRajH30xezBi3ValYRIn9-CQ0ZY",
  "6KBZ_BeTVxExJsYCv3f3aUKn3OwcIujHdLr-z26Y6Eg",
  "dcEdawbzLpeL8hjK1s_dJxXvxXbPPTw24GuxzsPDFl4",
  "4xgp73wmteHi1ImsAJ7Cc9KIfgYC5e2yNY8-QrgFOFY",
];

export function demoSeedText(index: number): string {
  return `parley demo key ${index}`;
}

const published: ReadonlySet<string> = new Set(demoKeys);

export function isDemoKey(key: string): boolean {
  return published.has(key);
}
