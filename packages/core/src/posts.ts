/**
 * Posts: a role, such as a watch desk, held by members of a delegation in turn. What is sealed to a post goes to its
 * present holders; handing over carries, sealed to the new holders, the keys of matters that are still open.
 */
import type { MemberId } from "./ids.ts";
import { find, put } from "./record.ts";
import { refuse, type Verdict } from "./refusal.ts";
import type { Act, PeopleRule, PeopleRules } from "./rule.ts";
import type { BodyOf } from "./shape.ts";
import type { People } from "./state.ts";

export const postShapes = {
  PostOpened: { name: "name", holders: ["member"] },
  PostHandedOver: { post: "id", holders: ["member"] },
} as const;

const opened: PeopleRule<BodyOf<typeof postShapes.PostOpened>> = {
  admit: (people, body, act) => holdersHold(people, body.holders, act),
  apply: (people, body, act) => ({
    ...people,
    posts: put(people.posts, act.id, {
      id: act.id,
      seat: act.seat.id,
      name: body.name,
      holders: body.holders,
      since: act.at,
    }),
  }),
};

const handedOver: PeopleRule<BodyOf<typeof postShapes.PostHandedOver>> = {
  admit: (people, body, act) => {
    const post = find(people.posts, body.post);
    if (!post) return refuse("not-found", "There is no such post.");
    if (post.seat !== act.seat.id) return refuse("not-yours", "This post is another delegation's.");
    return act.member.role === "head" || post.holders.includes(act.member.id)
      ? holdersHold(people, body.holders, act)
      : refuse("wrong-role", "A post is handed over by its holder or by the head of the delegation.");
  },
  apply: (people, body, act) => {
    const post = find(people.posts, body.post);
    if (!post) return people;
    return {
      ...people,
      posts: put(people.posts, post.id, { ...post, holders: body.holders, since: act.at }),
    };
  },
};

function holdersHold(people: People, holders: readonly MemberId[], act: Act): Verdict {
  const ours = holders.every((id) => {
    const member = find(people.members, id);
    return member?.present && member.seat === act.seat.id;
  });
  return ours && holders.length > 0
    ? undefined
    : refuse("not-yours", "A post has at least one holder, each a present member of the delegation.");
}

export const postRules: PeopleRules<typeof postShapes> = { PostOpened: opened, PostHandedOver: handedOver };
