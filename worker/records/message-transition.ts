import { messageKeyEnd } from '../../shared/privacy/retention.ts';
import { type Actor, type MessageTransition, messageTransitions } from '../../shared/states.ts';
import { allowKeyEnd, writeWithKeyEnd } from '../personal-data/key-ends.ts';
import { writeMessageTransition } from '../store/message-transitions.ts';
import type { Message } from '../store/messages.ts';

/** A transition of a contact message that someone asks for. */
export interface MessageTransitionRequest {
  message: Message;
  transition: MessageTransition;
  actor: Actor;
  now: Date;
}

/** Carries out a transition: state, event and key end change together or not at all. */
export async function transitionMessage(
  env: Env,
  { message, transition, actor, now }: MessageTransitionRequest,
): Promise<'done' | 'stale'> {
  const { id, keyEndsAt: from } = message;
  const to = messageKeyEnd({
    ...message,
    state: messageTransitions[transition].to,
    stateAt: now,
  });
  const keyEndsAt = allowKeyEnd({ from, to, now });
  const key = { id, from, to: keyEndsAt, now };
  return writeWithKeyEnd(env, key, () =>
    writeMessageTransition(env.DB, { message, transition, actor, now, keyEndsAt }),
  );
}
