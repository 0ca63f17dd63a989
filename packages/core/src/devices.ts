/**
 * The devices of a member. A recovery device is kept apart from the others, has everything sealed to it too, and signs only
 * what adds and revokes devices or holds the seat. The published demo keys serve in demo cases only.
 */
import { type DeviceKeys, deviceId } from "@parley/ledger/event";
import { isDemoKey } from "./demo-keys.ts";
import type { MemberId } from "./ids.ts";
import { find, put, type Table } from "./record.ts";
import { refuse, type Verdict } from "./refusal.ts";
import type { Act, PeopleRule, PeopleRules } from "./rule.ts";
import type { BodyOf } from "./shape.ts";
import type { Device, People } from "./state.ts";

export const deviceShapes = {
  DeviceAdded: { keys: "keys", "recovery?": "yes" },
  DeviceRevoked: { device: "device" },
} as const;

/** A person's devices that are not revoked, recovery devices among them. */
const maxDevices = 20;

export function newDevices(
  devices: Table<Device>,
  member: MemberId,
  keys: DeviceKeys,
  recovery: DeviceKeys | undefined,
): Table<Device> {
  const first = newDevice(member, keys, false);
  const own = put(devices, first.id, first);
  const kit = recovery && newDevice(member, recovery, true);
  return kit ? put(own, kit.id, kit) : own;
}

export function newDevice(member: MemberId, keys: DeviceKeys, recovery: boolean): Device {
  return { id: deviceId(keys), member, keys, recovery, revoked: false };
}

export function knownDevice(people: People, keys: readonly DeviceKeys[]): Verdict {
  const signing = keys.map((one) => one.signing);
  const used = Object.values(people.devices).some((device) => signing.includes(device.keys.signing));
  if (used || new Set(signing).size < signing.length) {
    return refuse("already-done", "This key is already a device's of the case.");
  }
  return !people.demo && signing.some(isDemoKey)
    ? refuse("demo-key", "This key is published for demonstrations and serves in demo cases only.")
    : undefined;
}

const deviceAdded: PeopleRule<BodyOf<typeof deviceShapes.DeviceAdded>> = {
  admit: (people, body, act) => {
    const own = Object.values(people.devices).filter(
      (device) => device.member === act.member.id && !device.revoked,
    );
    return own.length >= maxDevices
      ? refuse("too-many-devices", `A member has at most ${maxDevices} devices; revoke one first.`, {
          count: maxDevices,
        })
      : knownDevice(people, [body.keys]);
  },
  apply: (people, body, act) => {
    const device = newDevice(act.member.id, body.keys, body.recovery ?? false);
    return { ...people, devices: put(people.devices, device.id, device) };
  },
};

const deviceRevoked: PeopleRule<BodyOf<typeof deviceShapes.DeviceRevoked>> = {
  admit: (people, body, act) => {
    const device = find(people.devices, body.device);
    if (!device) return refuse("not-found", "There is no such device in this case.");
    if (device.revoked) return refuse("already-done", "This device is revoked already.");
    const own = device.member === act.member.id;
    const heads = !act.device.recovery && act.member.role === "head" && isColleague(people, device, act);
    return own || heads
      ? undefined
      : refuse("not-yours", "A device is revoked by its own member or by the head of the delegation.");
  },
  apply: (people, body) => {
    const device = find(people.devices, body.device);
    if (!device) return people;
    return { ...people, devices: put(people.devices, device.id, { ...device, revoked: true }) };
  },
};

/** Whether the device is a present member's of one's own delegation. */
function isColleague(people: People, device: Device, act: Act): boolean {
  const member = find(people.members, device.member);
  return (member?.present ?? false) && member?.seat === act.seat.id;
}

export const deviceRules: PeopleRules<typeof deviceShapes> = {
  DeviceAdded: deviceAdded,
  DeviceRevoked: deviceRevoked,
};
