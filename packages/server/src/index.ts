export { backup, restore } from "./store/backup.ts";
export {
  type CaseBatch,
  type CaseEntry,
  LogStore,
  type StoredEntry,
  type StoredHead,
} from "./store/log-store.ts";
export { openStore, type StoreOptions } from "./store/open.ts";
export { type Sql, StoreError, type StoreErrorCode } from "./store/sql.ts";
