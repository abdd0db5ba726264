/** The live side of classes: what is written down of learners, who watches them, what they are told, and the walls. */
import type { Histories } from '../history/contract.ts';
import type { Lessons } from '../lessons/contract.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { HostFigures, Timeline } from '../protocol/wall.ts';
import type { Sandboxes } from '../sandbox/contract.ts';
import type { ClassRow, EnrolmentRow, Store } from '../store/contract.ts';
import type { Tasks } from '../tasks/contract.ts';
import type { Terminals } from '../terminal/contract.ts';
import type { Classes } from './contract.ts';
import { Notes } from './notes.ts';
import { LearnerRecord } from './record.ts';
import { timelineOf } from './timeline.ts';
import { Walls } from './walls.ts';
import { Watching } from './watching.ts';

export type LiveClassroomOptions = {
  classes: Classes;
  sandboxes: Sandboxes;
  tasks: Tasks;
  terminals: Pick<Terminals, 'names' | 'tail' | 'onCommand'>;
  histories: Pick<Histories, 'on'>;
  lessons: Pick<Lessons, 'definition'>;
  store: Pick<Store, 'classes' | 'progress' | 'commands' | 'events'>;
  figures(): HostFigures;
  clock: Clock;
  log: Log;
};

export interface LiveClassroom extends AsyncDisposable {
  readonly record: Pick<LearnerRecord, 'written'>;
  readonly watching: Pick<Watching, 'sit' | 'of' | 'own' | 'ask' | 'allow' | 'on'>;
  readonly notes: Pick<Notes, 'post' | 'around' | 'on'>;
  readonly walls: Pick<Walls, 'open' | 'tile' | 'atStep' | 'reread'>;
  /** This user teaches no more, or is gone: their walls and what they look at are closed at once. */
  dismiss(userId: string): void;
  timeline(row: ClassRow, place: EnrolmentRow, before?: Date): Promise<Timeline>;
}

export function openLiveClassroom(options: LiveClassroomOptions): LiveClassroom {
  const { store } = options;
  const record = new LearnerRecord({ ...options, table: store.events });
  const watching = new Watching({ ...options, record });
  const notes = new Notes({ ...options, table: store.classes, record });
  const walls = new Walls({ ...options, record, watching });
  return {
    record,
    watching,
    notes,
    walls,
    dismiss(userId) {
      watching.dismiss(userId);
      walls.dismiss(userId);
    },
    timeline: (row, place, before) => timelineOf(store, { row, place }, before),
    async [Symbol.asyncDispose]() {
      walls[Symbol.dispose]();
      watching[Symbol.dispose]();
      await record[Symbol.asyncDispose]();
    },
  };
}
