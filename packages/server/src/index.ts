export { type Account, type AccountRole, Accounts } from "./accounts/accounts.ts";
export { ConfigError, readConfig, type ServerConfig, type Setting, settings } from "./config.ts";
export { findCase, type ImportAnswer, importToStore } from "./keeper/case-import.ts";
export { checkStore, exportFromStore, openReading, type StoreReport } from "./keeper/store-check.ts";
export { type Ports, systemPorts } from "./ports.ts";
export { type RunningServer, startServer } from "./server.ts";
export { backup, restore } from "./store/backup.ts";
export { openStore, type StoreOptions } from "./store/open.ts";
export { type Sql, StoreError, type StoreErrorCode } from "./store/sql.ts";
