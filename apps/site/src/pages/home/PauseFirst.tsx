import type { Session } from '../../session/session.js';

/** A second control that shows itself on focus, right after the skip link: pauses the duel that started by itself. */
export function PauseFirst({
  session,
  onPause,
}: {
  readonly session: Session;
  readonly onPause: () => void;
}) {
  if (session.phase.value !== 'running') return null;
  return (
    <button type="button" class="skip-link pause-first" onClick={onPause}>
      Pause the duel
    </button>
  );
}
