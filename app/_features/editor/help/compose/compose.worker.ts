/** The worker that helps with compose files: loaded with the first one that is opened. */
import { answerWith } from '../answer.ts';
import { composeHelp } from './compose.ts';

answerWith(composeHelp);
