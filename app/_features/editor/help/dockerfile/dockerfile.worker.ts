/** The worker that helps with Dockerfiles: loaded with the first one that is opened. */
import { answerWith } from '../answer.ts';
import { dockerfileHelp } from './dockerfile.ts';

answerWith(dockerfileHelp);
