/** The sound of the desk: two short tones, made here, repeated while something waits. It needs one press first: browsers ask for that. */
import { useEffect, useState } from "react";

const everyMs = 6000;
let context: AudioContext | undefined;

function tone(at: number, hertz: number): void {
  if (!context) return;
  const source = context.createOscillator();
  const gain = context.createGain();
  source.frequency.value = hertz;
  gain.gain.setValueAtTime(0, at);
  gain.gain.linearRampToValueAtTime(0.25, at + 0.02);
  gain.gain.linearRampToValueAtTime(0, at + 0.28);
  source.connect(gain).connect(context.destination);
  source.start(at);
  source.stop(at + 0.3);
}

function ring(): void {
  if (!context) return;
  tone(context.currentTime, 740);
  tone(context.currentTime + 0.35, 587);
}

export interface Alarm {
  readonly on: boolean;
  /** Turns the sound on, with one ring to try it, or off. */
  readonly turn: () => void;
}

/** Rings while `calls` is more than nothing and the sound is on. */
export function useAlarm(calls: number): Alarm {
  const [on, setOn] = useState(() => context?.state === "running");
  useEffect(() => {
    if (!on || calls === 0) return;
    ring();
    const timer = setInterval(ring, everyMs);
    return () => clearInterval(timer);
  }, [on, calls]);
  const turn = () => {
    if (on) {
      void context?.suspend();
      setOn(false);
      return;
    }
    context ??= new AudioContext();
    void context.resume().then(ring);
    setOn(true);
  };
  return { on, turn };
}
