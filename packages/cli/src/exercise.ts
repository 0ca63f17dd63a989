/** What stands at the head of all output of an exercise. */
export const exerciseNotice = "EXERCISE: fictional states, illustrative preferences";

/** For JSON documents: first, and only where it is an exercise. */
export function noticeOf(exercise: boolean): { readonly notice?: string } {
  return exercise ? { notice: exerciseNotice } : {};
}
