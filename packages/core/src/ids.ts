/** Names of seats and people. Everything else is named by the hash of the event that made it (`EventId`). */
declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** A party's place at the table, such as `russia`: chosen when the seat is opened, the party's name in every file. */
export type SeatId = Branded<"SeatId">;
/** A person in a delegation: the id of the first device they joined with. */
export type MemberId = Branded<"MemberId">;
